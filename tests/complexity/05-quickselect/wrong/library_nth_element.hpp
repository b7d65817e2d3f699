// rejected by: Cost.LinearAgainstAnAdversary
// std::nth_element: linear in the mean, and the fallback of this library is a heap: n log n.
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
  std::nth_element(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(k), a.end(), less);
  return a[k];
}

}  // namespace kit
