// rejected by: Cost.LinearOnKillers
// Sorts: n log n comparisons, where most of what they tell is never asked for.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <utility>

namespace kit {

template <class T, class Less>
T& select(std::span<T> a, std::size_t k, Less less) {
  if (k >= a.size()) throw std::out_of_range("select: no such rank");
  std::sort(a.begin(), a.end(), less);
  return a[k];
}

}  // namespace kit
