// rejected by: Cost.LogarithmicComparisons
// The right index. After each comparison it also asks the neighbour whether this is the place
// already, in the hope of ending early: nearly twice the comparisons in the worst case.
#pragma once

#include <cstdint>

namespace kit {

template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence& s, const Key& key) {
  std::uint64_t low = 0, high = s.size();
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (s[middle] < key) {
      low = middle + 1;
    } else {
      if (middle == 0 || s[middle - 1] < key) return middle;
      high = middle;
    }
  }
  return low;
}

}  // namespace kit
