// rejected by: Correct.FindsTheFirstOfEqualKeys
// Ends the search at any equal value. Who counts the orders from a day on misses those that came
// first that day.
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
    } else if (key < s[middle]) {
      high = middle;
    } else {
      return middle;
    }
  }
  return low;
}

}  // namespace kit
