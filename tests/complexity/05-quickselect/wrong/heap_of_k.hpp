// rejected by: Cost.LinearOnKillers
// A heap of the k + 1 smallest so far: n log k, which is n log n for the median.
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
  const auto begin = a.begin(), end = begin + static_cast<std::ptrdiff_t>(k) + 1;
  std::make_heap(begin, end, less);
  for (std::size_t i = k + 1; i < a.size(); ++i) {
    if (!less(a[i], a[0])) continue;
    std::pop_heap(begin, end, less);
    std::swap(a[i], a[k]);
    std::push_heap(begin, end, less);
  }
  std::pop_heap(begin, end, less);
  return a[k];
}

}  // namespace kit
