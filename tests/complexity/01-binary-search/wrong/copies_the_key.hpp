// rejected by: Robust.AsksOnlyLess
// Takes its own copy of the key: with a long string one allocation a search, and with a key that
// can't be copied it does not compile.
#pragma once

#include <cstdint>

namespace kit {

template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence& s, const Key& key) {
  const auto wanted = key;
  std::uint64_t low = 0, high = s.size();
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (s[middle] < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace kit
