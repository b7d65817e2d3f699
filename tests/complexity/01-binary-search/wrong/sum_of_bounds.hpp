// rejected by: Robust.AnySizeOfIndex
// (low + high) / 2. In 64 bits the sum wraps round only above 2^63 values: no array is that large,
// but a computed sequence may be.
#pragma once

#include <cstdint>

namespace kit {

template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence& s, const Key& key) {
  std::uint64_t low = 0, high = s.size();
  while (low < high) {
    const std::uint64_t middle = (low + high) / 2;
    if (s[middle] < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace kit
