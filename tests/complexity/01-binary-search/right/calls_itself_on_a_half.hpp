// Recursion on the half that is left, as a tail call: the compiler makes a loop of it.
#pragma once

#include <cstdint>

namespace kit {

template <class Sequence, class Key>
std::uint64_t first_in(const Sequence& s, const Key& key, std::uint64_t low, std::uint64_t high) {
  if (low == high) return low;
  const std::uint64_t middle = low + (high - low) / 2;
  return s[middle] < key ? first_in(s, key, middle + 1, high) : first_in(s, key, low, middle);
}

template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence& s, const Key& key) {
  return first_in(s, key, 0, s.size());
}

}  // namespace kit
