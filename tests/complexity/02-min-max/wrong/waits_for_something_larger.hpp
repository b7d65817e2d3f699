// rejected by: Correct.EqualElements
// Has no largest until one is larger than another: of equal elements the largest is outside.
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
  const std::size_t n = a.size();
  if (n == 0) return std::nullopt;
  MinMax found{0, n == 1 ? 0 : n};
  for (std::size_t i = 1; i < n; ++i) {
    if (a[i] < a[found.min]) {
      if (found.max == n) found.max = found.min;
      found.min = i;
    } else if (a[found.max == n ? found.min : found.max] < a[i]) {
      found.max = i;
    }
  }
  return found;
}

}  // namespace kit
