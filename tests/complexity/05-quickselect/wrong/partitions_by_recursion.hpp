// rejected by: Cost.ShallowStack
// The right number of comparisons; but the partition calls itself for each element, and a million of them
// is the end of the stack.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <utility>

namespace kit {

template <class T, class Less>
void insertion_sort(std::span<T> a, Less& less) {
  for (std::size_t i = 1; i < a.size(); ++i) {
    for (std::size_t j = i; j > 0 && less(a[j], a[j - 1]); --j) std::swap(a[j], a[j - 1]);
  }
}

// How many of a are less than the pivot; those are in front afterwards.
template <class T, class Less>
std::size_t bring_to_front(std::span<T> a, const T& pivot, Less& less) {
  if (a.empty()) return 0;
  const std::size_t of_rest = bring_to_front(a.first(a.size() - 1), pivot, less);
  if (!less(a.back(), pivot)) return of_rest;
  std::swap(a.back(), a[of_rest]);
  return of_rest + 1;
}
template <class T, class Less>
std::size_t bring_equal(std::span<T> a, const T& pivot, Less& less) {
  if (a.empty()) return 0;
  const std::size_t of_rest = bring_equal(a.first(a.size() - 1), pivot, less);
  if (less(pivot, a.back())) return of_rest;
  std::swap(a.back(), a[of_rest]);
  return of_rest + 1;
}

template <class T, class Less>
std::pair<std::size_t, std::size_t> partition(std::span<T> a, std::size_t at, Less& less) {
  std::swap(a[0], a[at]);
  const std::size_t low = bring_to_front(a.subspan(1), a[0], less);
  std::swap(a[0], a[low]);
  return {low, low + 1 + bring_equal(a.subspan(low + 1), a[low], less)};
}

template <class T, class Less>
void place(std::span<T> a, std::size_t k, Less& less);

template <class T, class Less>
std::size_t median_of_medians(std::span<T> a, Less& less) {
  std::size_t groups = 0;
  for (std::size_t i = 0; i + 5 <= a.size(); i += 5) {
    insertion_sort(a.subspan(i, 5), less);
    std::swap(a[groups++], a[i + 2]);
  }
  place(a.first(groups), groups / 2, less);
  return groups / 2;
}

template <class T, class Less>
void place(std::span<T> a, std::size_t k, Less& less) {
  while (a.size() > 10) {
    const auto [low, high] = partition(a, median_of_medians(a, less), less);
    if (k < low) {
      a = a.first(low);
    } else if (k < high) {
      return;
    } else {
      a = a.subspan(high);
      k -= high;
    }
  }
  insertion_sort(a, less);
}

template <class T, class Less>
T& select(std::span<T> a, std::size_t k, Less less) {
  if (k >= a.size()) throw std::out_of_range("select: no such rank");
  place(a, k, less);
  return a[k];
}

}  // namespace kit
