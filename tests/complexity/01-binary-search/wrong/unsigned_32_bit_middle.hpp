// rejected by: Robust.AnySizeOfIndex
// Indices of 32 bits whose sum is taken: right up to 2^31 values, and at 3 * 2^30 the sum wraps
// round, the middle falls before both borders, and the search never ends.
#pragma once

#include <cstdint>

namespace kit {

template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence& s, const Key& key) {
  std::uint32_t low = 0, high = static_cast<std::uint32_t>(s.size());
  while (low < high) {
    const std::uint32_t middle = (low + high) / 2;
    if (s[middle] < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace kit
