// rejected by: Correct.AgreesWithSorting
// Goes on in the right part with the old rank: there it is another element.
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
  while (a.size() > 4) {
    const auto [low, high] = partition(a, median_of_medians(a, less), less);
    if (k < low) {
      a = a.first(low);
    } else if (k < high) {
      return;
    } else {
      a = a.subspan(high);
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
