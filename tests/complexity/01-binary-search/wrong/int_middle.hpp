// rejected by: Robust.AnySizeOfIndex
// Keeps its borders in int. Above 2^31 values the upper border is negative, and everything seems to
// be empty.
#pragma once

#include <cstdint>

namespace kit {

template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence& s, const Key& key) {
  int low = 0, high = static_cast<int>(s.size());
  while (low < high) {
    const int middle = low + (high - low) / 2;
    if (s[static_cast<std::uint64_t>(middle)] < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return static_cast<std::uint64_t>(low);
}

}  // namespace kit
