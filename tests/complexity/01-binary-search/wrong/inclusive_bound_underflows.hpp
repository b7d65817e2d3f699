// rejected by: Correct.FindsEveryGapAndEveryKey, Robust.NeverLooksOutside
// Counts the last index in, and sets it to middle - 1: below 0 an unsigned number is the largest
// there is. A key before all values reads far outside.
#pragma once

#include <cstdint>

namespace kit {

template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence& s, const Key& key) {
  std::uint64_t low = 0, high = s.size() - 1;
  while (low <= high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (s[middle] < key) {
      low = middle + 1;
    } else {
      high = middle - 1;
    }
  }
  return low;
}

}  // namespace kit
