// rejected by: Cost.AllEqual
// One walk that puts what is less to the front; what equals the pivot stays behind it. With equal keys
// every step takes one element off.
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
  std::size_t first = 0, last = a.size();
  while (last - first > 1) {
    std::swap(a[first], a[first + (last - first) / 2]);
    std::size_t end = first;
    for (std::size_t i = first + 1; i < last; ++i) {
      if (less(a[i], a[first])) std::swap(a[i], a[++end]);
    }
    std::swap(a[first], a[end]);
    if (end == k) break;
    if (k < end) {
      last = end;
    } else {
      first = end + 1;
    }
  }
  return a[k];
}

}  // namespace kit
