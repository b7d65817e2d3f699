// rejected by: Cost.ThreeHalvesOfN
// The right indices: the smallest is the one that none is less than, so each is asked against all
// until one is. Quadratic where the extremes stand at the end.
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
bool none_is_less(std::span<const T> a, std::size_t i) {
  for (std::size_t j = 0; j < a.size(); ++j) {
    if (a[j] < a[i]) return false;
  }
  return true;
}
template <class T>
bool none_is_larger(std::span<const T> a, std::size_t i) {
  for (std::size_t j = a.size(); j > 0; --j) {
    if (a[i] < a[j - 1]) return false;
  }
  return true;
}

template <class T>
std::optional<MinMax> min_max(std::span<const T> a) {
  if (a.empty()) return std::nullopt;
  MinMax found;
  while (!none_is_less(a, found.min)) ++found.min;
  while (!none_is_larger(a, found.max)) ++found.max;
  return found;
}

}  // namespace kit
