// rejected by: Correct.FindsBothEverywhere
// Goes in pairs and leaves the last one of an odd number out.
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
  if (a.empty()) return std::nullopt;
  MinMax found;
  if (a.size() > 1) (a[1] < a[0] ? found.min : found.max) = 1;
  for (std::size_t i = 2; i + 1 < a.size(); i += 2) {
    std::size_t smaller = i, larger = i + 1;
    if (a[larger] < a[smaller]) std::swap(smaller, larger);
    if (a[smaller] < a[found.min]) found.min = smaller;
    if (a[found.max] < a[larger]) found.max = larger;
  }
  return found;
}

}  // namespace kit
