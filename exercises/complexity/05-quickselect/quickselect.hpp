// select: the k-th smallest of n elements, in place, without sorting them.
#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <utility>

namespace kit {

/// Permutes `a` so that a[k] is an element that sorting could put there, and returns a reference
/// to it: at most k elements are less than it, and at least k + 1 are not greater.
///
/// REQUIRES: less(x, y), a strict weak order of two const elements. It may be copied, may have
///           state, and costs more than all else. T is movable; it may be no more than that.
/// ENSURES:  `a` holds the same elements. The rest of the order is free.
/// THROWS:   std::out_of_range unless k < a.size(); nothing has changed then. What less throws:
///           `a` then holds its elements in some order, but for those that were moved from, and
///           every element that was made beside them is destroyed.
/// COST:     O(n) comparisons whatever the input, n = a.size(), and whoever answers them; the suite
///           allows 16 n, and 24 n against an enemy. No allocation; O(log n) stack. No element
///           is copied or default constructed.
// Begin here: what does one walk past a pivot tell you about the others?
template <class T, class Less>
T& select(std::span<T> a, std::size_t k, Less) {
  return *(a.data() + k);
}

}  // namespace kit
