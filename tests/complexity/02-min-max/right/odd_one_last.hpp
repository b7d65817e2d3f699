// Begins with a pair for odd n too; the one that is left is asked twice. On the bound all the same.
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
  if (n == 1) return found;
  (a[1] < a[0] ? found.min : found.max) = 1;
  std::size_t i = 2;
  for (; i + 1 < n; i += 2) {
    std::size_t smaller = i, larger = i + 1;
    if (a[larger] < a[smaller]) std::swap(smaller, larger);
    if (a[smaller] < a[found.min]) found.min = smaller;
    if (a[found.max] < a[larger]) found.max = larger;
  }
  if (i < n) {
    if (a[i] < a[found.min]) found.min = i;
    if (a[found.max] < a[i]) found.max = i;
  }
  return found;
}

}  // namespace kit
