// Halves the length without a branch on the outcome, one last comparison: ceil(log2 n) + 1.
#pragma once

#include <cstdint>

namespace kit {

template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence& s, const Key& key) {
  std::uint64_t length = s.size(), base = 0;
  if (length == 0) return 0;
  while (length > 1) {
    const std::uint64_t half = length / 2;
    base += static_cast<std::uint64_t>(s[base + (half - 1)] < key) * half;
    length -= half;
  }
  return base + static_cast<std::uint64_t>(s[base] < key);
}

}  // namespace kit
