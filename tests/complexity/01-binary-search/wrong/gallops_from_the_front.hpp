// rejected by: Cost.LogarithmicComparisons
// The right index. Doubles its step from the front and then halves: good for keys near the front,
// twice the comparisons for those at the end.
#pragma once

#include <algorithm>
#include <cstdint>

namespace kit {

template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence& s, const Key& key) {
  const std::uint64_t n = s.size();
  std::uint64_t low = 0, step = 1;
  while (step <= n - low && s[low + (step - 1)] < key) {
    low += step;
    step *= 2;
  }
  std::uint64_t high = low + std::min(step - 1, n - low);
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
