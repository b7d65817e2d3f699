// rejected by: Cost.LogarithmicComparisons
// The right index. Stops halving at sixteen values and walks over the rest, which is quick in a
// cache and dear where looking is: 21 comparisons among 1,000.
#pragma once

#include <cstdint>

namespace kit {

template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence& s, const Key& key) {
  std::uint64_t low = 0, high = s.size();
  while (high - low > 16) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (s[middle] < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  while (low < high && s[low] < key) ++low;
  return low;
}

}  // namespace kit
