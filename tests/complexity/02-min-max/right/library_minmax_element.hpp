// The library's, which is on the bound.
#pragma once

#include <algorithm>
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
  const auto [min, max] = std::minmax_element(a.begin(), a.end());
  return MinMax{static_cast<std::size_t>(min - a.begin()),
                static_cast<std::size_t>(max - a.begin())};
}

}  // namespace kit
