// rejected by: Cost.NeedsNoMemory
// The right index in the fewest comparisons. Since looking is dear it remembers every answer; but no
// value is ever looked at twice, and each search asks the heap.
#pragma once

#include <cstdint>
#include <vector>

namespace kit {

namespace detail {
struct Seen {
  std::uint64_t index;
  bool less;
};
}  // namespace detail

template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence& s, const Key& key) {
  std::vector<detail::Seen> memory;
  const auto less_at = [&](std::uint64_t i) {
    for (const detail::Seen& each : memory) {
      if (each.index == i) return each.less;
    }
    memory.push_back({i, s[i] < key});
    return memory.back().less;
  };
  std::uint64_t low = 0, high = s.size();
  while (low < high) {
    const std::uint64_t middle = low + (high - low) / 2;
    if (less_at(middle)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace kit
