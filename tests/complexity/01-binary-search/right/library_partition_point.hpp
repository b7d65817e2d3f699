// The library's, over the indices.
#pragma once

#include <algorithm>
#include <cstdint>
#include <ranges>

namespace kit {

template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence& s, const Key& key) {
  const auto indices = std::views::iota(std::uint64_t{0}, s.size());
  return *std::ranges::partition_point(indices, [&](std::uint64_t i) { return s[i] < key; });
}

}  // namespace kit
