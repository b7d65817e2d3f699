// rejected by: Cost.ThreeHalvesOfN
// The right indices. One pass for the smallest and one for the largest: 2n - 2 comparisons, a third
// more than it takes.
#pragma once

#include <cstddef>
#include <optional>
#include <span>

namespace kit {

/// Indices.
struct MinMax {
  std::size_t min = 0;
  std::size_t max = 0;
};

template <class T>
std::optional<MinMax> min_max(std::span<const T> a) {
  if (a.empty()) return std::nullopt;
  MinMax found;
  for (std::size_t i = 1; i < a.size(); ++i) {
    if (a[i] < a[found.min]) found.min = i;
  }
  for (std::size_t i = 1; i < a.size(); ++i) {
    if (a[found.max] < a[i]) found.max = i;
  }
  return found;
}

}  // namespace kit
