// rejected by: Robust.TouchesNoCopy
// Keeps the smallest and the largest so far by value: with long strings two allocations a change, and
// with a type that can't be copied it does not compile.
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
  T smallest = a[found.min], largest = a[found.max];
  for (; next < n; next += 2) {
    std::size_t smaller = next, larger = next + 1;
    if (a[larger] < a[smaller]) std::swap(smaller, larger);
    if (a[smaller] < smallest) {
      smallest = a[smaller];
      found.min = smaller;
    }
    if (largest < a[larger]) {
      largest = a[larger];
      found.max = larger;
    }
  }
  return found;
}

}  // namespace kit
