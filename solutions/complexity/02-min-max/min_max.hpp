// min_max: the smallest and the largest of some values, in the fewest comparisons.
//
//   5 2   9 1   4 7     1 comparison a pair: 2 < 5, 1 < 9, 4 < 7
//   2 . . 1 . . 4       the smaller ones go for the minimum
//     5   9   7         the larger ones go for the maximum
//
// Three comparisons for two elements. Even n: the first pair costs one, each other pair three, which
// is 3n/2 - 2. Odd n: the first element is both at first, each pair costs three: 3(n - 1)/2, which is
// ceil(3n/2) - 2. No method needs fewer (Pohl, 1972): see the write-up.
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
    if (a[larger] < a[smaller]) std::swap(smaller, larger);
    if (a[smaller] < a[found.min]) found.min = smaller;
    if (a[found.max] < a[larger]) found.max = larger;
  }
  return found;
}

}  // namespace kit
