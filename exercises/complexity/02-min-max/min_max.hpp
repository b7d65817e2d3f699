// min_max: the smallest and the largest of some values, in the fewest comparisons.
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

/// Where a smallest and a largest element stand; nullopt for an empty span.
///
/// REQUIRES: < is a strict weak order on T. T has no other operator that may be used, and can
///           neither be copied nor moved.
/// ENSURES:  no element is less than a[min], and a[max] is less than none. Of several that are equal
///           any will do; where all are equal min and max may be the same index.
/// THROWS:   only what < throws.
/// COST:     at most ceil(3n/2) - 2 comparisons for n >= 1, none for n <= 1. No allocation, and at
///           most O(log n) stack.
// Begin here: which comparison of two elements tells you something about both of them?
template <class T>
std::optional<MinMax> min_max(std::span<const T>) {
  return std::nullopt;
}

}  // namespace kit
