// rejected by: Robust.EmptyAsksNothing, Robust.NeverLooksOutside
// Looks first whether the key belongs before everything, and forgets that there may be nothing:
// a read behind an empty span.
#pragma once

#include <cstdint>

namespace kit {

template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence& s, const Key& key) {
  if (!(s[0] < key)) return 0;
  std::uint64_t low = s.size() == 0 ? 0 : 1, high = s.size();
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
