// rejected by: Cost.LogarithmicComparisons
// The right index, by looking at every value before it. Right for a hundred, useless for a million.
#pragma once

#include <cstdint>

namespace kit {

template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence& s, const Key& key) {
  std::uint64_t i = 0;
  while (i < s.size() && s[i] < key) ++i;
  return i;
}

}  // namespace kit
