// select: the k-th smallest of n elements in place, with O(n) comparisons in the worst case.
//
//   pivot   less than the pivot   not less          one walk; go on where k lies
//     0     1 ......... smaller   ............ n
//
// The pivot is a guess at first: the median of a few. One guess that leaves more than 7/8 is enough
// to trust no guess any more: from then on the pivot is the median of the medians of five, which has
// 3/10 of the elements on either side.
//
// Comparisons: a guess takes at most 2n + 12, and leaves 7/8 or is the last. A median of medians takes
// 6 n/5 for the medians, T(n/5) to select among them, n for the walk (2n where many are equal), and
// leaves 7/10:
//   F(n) <= F(n/5) + F(7n/10) + 2.2 n = 22 n  (32 n),   T(n) <= max(2n + T(7n/8), 2n + F(n)) = 24 n  (34 n)
// up to lower terms. The dearest that was found takes 10.7 n.
#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace kit {
namespace detail {

// Swaps every element that `goes` to the front, and gives their number.
template <class T, class Goes>
std::size_t bring_to_front(std::span<T> a, Goes goes) {
  std::size_t end = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if constexpr (std::is_trivially_copyable_v<T> && sizeof(T) <= 16) {
      // Swap always: half of the branches would be guessed wrongly, which costs more.
      const bool it_goes = goes(a[i]);
      std::swap(a[i], a[end]);
      end += it_goes;
    } else if (goes(a[i])) {
      std::swap(a[i], a[end++]);
    }
  }
  return end;
}

// Each of these gives the place of the median; no element is moved.
template <class T, class Less>
std::size_t median_of_three(std::span<T> a, std::size_t x, std::size_t y, std::size_t z,
                            Less& less) {
  if (less(a[y], a[x])) std::swap(x, y);
  if (!less(a[z], a[y])) return y;
  return less(a[z], a[x]) ? x : z;
}

template <class T, class Less>
std::size_t median_of_five(std::span<T> a, std::size_t first, Less& less) {
  std::size_t v = first, w = first + 1, x = first + 2, y = first + 3, z = first + 4;
  const auto put_in_order = [&](std::size_t& low, std::size_t& high) {
    if (less(a[high], a[low])) std::swap(low, high);
  };
  put_in_order(v, w);
  put_in_order(x, y);
  if (less(a[x], a[v])) {
    std::swap(v, x);
    std::swap(w, y);
  }
  // v is not above w, x, y: the median of five is the second of w, z, x <= y.
  put_in_order(w, z);
  if (less(a[x], a[w])) return less(a[y], a[w]) ? y : w;
  return less(a[z], a[x]) ? z : x;
}

template <class T, class Less>
std::size_t guess_of_median(std::span<T> a, Less& less) {
  const std::size_t eighth = a.size() / 8, middle = 4 * eighth;
  if (a.size() < 128) return median_of_three(a, 0, middle, a.size() - 1, less);
  const auto of_three = [&](std::size_t x) {
    return median_of_three(a, x, x + eighth, x + 2 * eighth, less);
  };
  return median_of_three(a, of_three(0), of_three(3 * eighth - 1), of_three(6 * eighth - 1), less);
}

template <class T, class Less>
void sort_few(std::span<T> a, Less& less) {
  for (std::size_t i = 1; i < a.size(); ++i) {
    for (std::size_t j = i; j > 0 && less(a[j], a[j - 1]); --j) std::swap(a[j], a[j - 1]);
  }
}

template <class T, class Less>
void select_in(std::span<T> a, std::size_t k, Less& less, bool trust_guesses);

// The median of the medians of five lies here afterwards. The medians go to the front.
template <class T, class Less>
std::size_t median_of_medians(std::span<T> a, Less& less) {
  const std::size_t groups = a.size() / 5;
  for (std::size_t i = 0; i < groups; ++i) std::swap(a[i], a[median_of_five(a, 5 * i, less)]);
  select_in(a.first(groups), groups / 2, less, false);
  return groups / 2;
}

template <class T, class Less>
void select_in(std::span<T> a, std::size_t k, Less& less, bool trust_guesses) {
  while (a.size() > 16) {
    const std::size_t n = a.size(), least_gone = trust_guesses ? n / 8 : 3 * (n / 10);
    std::swap(a[0], a[trust_guesses ? guess_of_median(a, less) : median_of_medians(a, less)]);
    const std::size_t smaller =
        bring_to_front(a.subspan(1), [&](const T& x) { return less(x, a[0]); });
    std::swap(a[0], a[smaller]);
    if (k < smaller) {
      a = a.first(smaller);
    } else {
      std::size_t gone = smaller + 1;
      if (smaller < least_gone && k > smaller) {
        // A bad guess, or many that equal the pivot: these go too.
        const T& pivot = a[smaller];
        gone += bring_to_front(a.subspan(gone), [&](const T& x) { return !less(pivot, x); });
      }
      if (k < gone) return;
      a = a.subspan(gone);
      k -= gone;
    }
    if (a.size() > n - least_gone) trust_guesses = false;
  }
  sort_few(a, less);
}

}  // namespace detail

template <class T, class Less>
T& select(std::span<T> a, std::size_t k, Less less) {
  if (k >= a.size()) throw std::out_of_range("select: k must be below the number of elements");
  detail::select_in(a, k, less, true);
  return a[k];
}

}  // namespace kit
