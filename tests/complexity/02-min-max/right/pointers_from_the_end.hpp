// Pointers, and from the end: the last one (odd n) or the last pair (even n) begins as both.
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
std::optional<MinMax> min_max(std::span<const T> a) {
  const T* const begin = a.data();
  const T* const end = begin + a.size();
  if (begin == end) return std::nullopt;
  const T *smallest = end - 1, *largest = end - 1;
  const T* each = begin;
  if (a.size() % 2 == 0) {
    smallest = end[-1] < end[-2] ? end - 1 : end - 2;
    largest = smallest == end - 1 ? end - 2 : end - 1;
  }
  for (const T* const stop = end - (2 - a.size() % 2); each != stop; each += 2) {
    const bool swapped = each[1] < each[0];
    if (each[swapped] < *smallest) smallest = each + swapped;
    if (*largest < each[!swapped]) largest = each + !swapped;
  }
  return MinMax{static_cast<std::size_t>(smallest - begin),
                static_cast<std::size_t>(largest - begin)};
}

}  // namespace kit
