// Adds the bits of the answer from the highest down: a bit stays if the value before it is less.
#pragma once

#include <bit>
#include <cstdint>

namespace kit {

template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence& s, const Key& key) {
  const std::uint64_t n = s.size();
  std::uint64_t found = 0;
  for (std::uint64_t bit = n == 0 ? 0 : std::bit_floor(n); bit > 0; bit /= 2) {
    if (bit <= n - found && s[found + (bit - 1)] < key) found += bit;
  }
  return found;
}

}  // namespace kit
