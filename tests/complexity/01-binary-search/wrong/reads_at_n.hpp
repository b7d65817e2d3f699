// rejected by: Robust.NeverLooksOutside
// Tests the last border as if it were an index, to be quick about keys above all. With a span that
// reads behind the end.
#pragma once

#include <cstdint>

namespace kit {

template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence& s, const Key& key) {
  std::uint64_t low = 0, high = s.size();
  if (high > 0 && s[high] < key) return high;
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (s[middle] < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace kit
