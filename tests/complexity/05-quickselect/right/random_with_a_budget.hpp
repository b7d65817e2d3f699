// Random pivots and a partition from both ends; when 4n elements have been walked over and nothing is
// found, medians of medians of groups that lie a fifth of the part apart.
#pragma once

#include <algorithm>
#include <cstddef>
#include <random>
#include <span>
#include <stdexcept>
#include <utility>

namespace kit {

namespace detail {

// No element in front of the place that is given is greater than the pivot, none behind it less.
template <class T, class Less>
std::size_t split(std::span<T> a, std::size_t at, Less& less) {
  std::swap(a[0], a[at]);
  std::size_t i = 1, j = a.size() - 1;
  while (true) {
    while (i <= j && less(a[i], a[0])) ++i;
    while (i <= j && less(a[0], a[j])) --j;
    if (i >= j) break;
    std::swap(a[i++], a[j--]);
  }
  std::swap(a[0], a[j]);
  return j;
}

template <class T, class Less>
class Selector {
 public:
  Selector(std::span<T> a, Less& less) : a_(a), less_(less), budget_(4 * a.size()) {}

  void place(std::size_t first, std::size_t last, std::size_t k, bool careful) {
    while (last - first > 1) {
      const std::size_t n = last - first;
      if (!careful) {
        careful = budget_ < n;
        budget_ -= careful ? 0 : n;
      }
      std::size_t at = random_() % n;
      if (careful && n >= 5) at = middle_row(first, n) - first;
      if (n < 5) at = n / 2;
      const std::size_t pivot = first + split(a_.subspan(first, n), at, less_);
      if (pivot == k) return;
      (k < pivot ? last : first) = k < pivot ? pivot : pivot + 1;
    }
  }

 private:
  // Column i holds the elements i, i + fifth, i + 2 fifths, ...: sorted, the median is in the third row.
  std::size_t middle_row(std::size_t first, std::size_t n) {
    const std::size_t fifth = n / 5, row = first + 2 * fifth;
    for (std::size_t i = first; i < first + fifth; ++i) {
      for (std::size_t x = 1; x < 5; ++x) {
        for (std::size_t y = x; y > 0 && less_(a_[i + y * fifth], a_[i + (y - 1) * fifth]); --y)
          std::swap(a_[i + y * fifth], a_[i + (y - 1) * fifth]);
      }
    }
    place(row, row + fifth, row + fifth / 2, true);
    return row + fifth / 2;
  }

  std::span<T> a_;
  Less& less_;
  std::size_t budget_;
  std::minstd_rand random_{20260101};
};

}  // namespace detail

template <class T, class Less>
T& select(std::span<T> a, std::size_t k, Less less) {
  if (k >= a.size()) throw std::out_of_range("select: no such rank");
  detail::Selector<T, Less>(a, less).place(0, a.size(), k, false);
  return a[k];
}

}  // namespace kit
