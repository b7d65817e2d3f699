// first_not_less: where a key belongs among sorted values that may only be looked at by index.
//
//   s < key   known: less      not looked at yet      known: not less
//            0 ........... low ................. high ............... n
//
// Each comparison, of the middle of the unknown part, moves one border past it. When they meet, the
// answer stands between them.
//
// Comparisons: T(0) = 0, T(m) <= 1 + T(floor(m / 2)), since of m - 1 others at most floor(m / 2)
// are left on one side. So T(n) = bit_width(n) = ceil(log2(n + 1)), and no method needs fewer: n + 1
// answers are possible, and k comparisons tell apart at most 2^k.
#pragma once

#include <cstdint>

namespace kit {

template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence& s, const Key& key) {
  std::uint64_t low = 0, high = s.size();
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;  // low + high may be above 2^64
    if (s[middle] < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace kit
