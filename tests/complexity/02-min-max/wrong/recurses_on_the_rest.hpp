// rejected by: Robust.WorksWithoutMemory
// The right indices in the fewest comparisons, by taking off a pair and calling itself for the rest: n/2
// calls deep, and the stack of a thread is gone at some 100,000 values.
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
MinMax from(std::span<const T> a, std::size_t first) {
  const std::size_t left = a.size() - first;
  if (left == 1) return {first, first};
  std::size_t smaller = first, larger = first + 1;
  if (a[larger] < a[smaller]) std::swap(smaller, larger);
  if (left == 2) return {smaller, larger};
  MinMax rest = from(a, first + 2);
  if (a[smaller] < a[rest.min]) rest.min = smaller;
  if (a[rest.max] < a[larger]) rest.max = larger;
  return rest;
}

template <class T>
std::optional<MinMax> min_max(std::span<const T> a) {
  if (a.empty()) return std::nullopt;
  return from(a, 0);
}

}  // namespace kit
