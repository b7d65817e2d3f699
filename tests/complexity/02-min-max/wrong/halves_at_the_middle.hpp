// rejected by: Cost.ThreeHalvesOfN
// The right indices. Divides at the middle: on the bound for powers of two, above it elsewhere, since
// odd parts waste a comparison: 8 instead of 7 for n = 6.
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
MinMax of_part(std::span<const T> a, std::size_t first, std::size_t count) {
  if (count == 1) return {first, first};
  if (count == 2) {
    return a[first + 1] < a[first] ? MinMax{first + 1, first} : MinMax{first, first + 1};
  }
  const std::size_t half = count / 2;
  const MinMax x = of_part(a, first, half), y = of_part(a, first + half, count - half);
  return {a[y.min] < a[x.min] ? y.min : x.min, a[x.max] < a[y.max] ? y.max : x.max};
}

template <class T>
std::optional<MinMax> min_max(std::span<const T> a) {
  if (a.empty()) return std::nullopt;
  return of_part(a, 0, a.size());
}

}  // namespace kit
