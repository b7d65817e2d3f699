// rejected by: Robust.AsksOnlyLess
// x > y for y < x: the same for numbers, and with a type that has only < it does not compile.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <utility>

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
  MinMax found;
  std::size_t next = 1;
  if (n % 2 == 0) {
    (a[1] < a[0] ? found.min : found.max) = 1;
    next = 2;
  }
  for (; next < n; next += 2) {
    std::size_t smaller = next, larger = next + 1;
    if (a[smaller] > a[larger]) std::swap(smaller, larger);
    if (a[smaller] < a[found.min]) found.min = smaller;
    if (a[larger] > a[found.max]) found.max = larger;
  }
  return found;
}

}  // namespace kit
