// rejected by: Cost.LinearOnKillers, Cost.LinearAgainstAnAdversary
// The median of first, middle and last as pivot, always: there is an order that takes two elements off at
// a time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <utility>

namespace kit {

template <class T, class Less>
std::size_t median_of_three(std::span<T> a, Less& less) {
  std::size_t x = 0, y = a.size() / 2, z = a.size() - 1;
  if (less(a[y], a[x])) std::swap(x, y);
  if (less(a[z], a[y])) y = less(a[z], a[x]) ? x : z;
  return y;
}

// less than the pivot | equal to it | greater; the two borders.
template <class T, class Less>
std::pair<std::size_t, std::size_t> partition(std::span<T> a, std::size_t at, Less& less) {
  std::swap(a[0], a[at]);
  std::size_t low = 0, i = 1, high = a.size();  // the pivot is at low
  while (i < high) {
    if (less(a[i], a[low])) {
      std::swap(a[i++], a[low++]);
    } else if (less(a[low], a[i])) {
      std::swap(a[i], a[--high]);
    } else {
      ++i;
    }
  }
  return {low, high};
}

template <class T, class Less>
T& select(std::span<T> a, std::size_t k, Less less) {
  if (k >= a.size()) throw std::out_of_range("select: no such rank");
  std::span<T> part = a;
  std::size_t rank = k;
  while (part.size() > 1) {
    const auto [low, high] = partition(part, median_of_three(part, less), less);
    if (rank < low) {
      part = part.first(low);
    } else if (rank < high) {
      break;
    } else {
      part = part.subspan(high);
      rank -= high;
    }
  }
  return a[k];
}

}  // namespace kit
