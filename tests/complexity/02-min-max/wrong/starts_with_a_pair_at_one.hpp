// rejected by: Correct.FindsBothEverywhere
// Begins with a pair whatever n is: of one value it reads the second, which is behind the end.
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
  const T* all = a.data();
  MinMax found;
  (all[1] < all[0] ? found.min : found.max) = 1;
  std::size_t i = 2;
  for (; i + 1 < n; i += 2) {
    std::size_t smaller = i, larger = i + 1;
    if (all[larger] < all[smaller]) std::swap(smaller, larger);
    if (all[smaller] < all[found.min]) found.min = smaller;
    if (all[found.max] < all[larger]) found.max = larger;
  }
  if (i < n) {
    if (all[i] < all[found.min]) {
      found.min = i;
    } else if (all[found.max] < all[i]) {
      found.max = i;
    }
  }
  return found;
}

}  // namespace kit
