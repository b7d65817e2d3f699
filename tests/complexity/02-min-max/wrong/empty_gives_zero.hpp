// rejected by: Correct.EmptyGivesNothing
// Gives index 0 of an empty span: the caller reads an element that isn't there.
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
  MinMax found;
  std::size_t next = 1;
  if (n >= 2 && n % 2 == 0) {
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
