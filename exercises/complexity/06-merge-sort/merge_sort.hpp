// stable_sort: sorts so that equal elements keep their order, with few comparisons and half the memory.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

namespace kit {

/// Sorts `a` by less; elements of which neither is less than the other keep their order.
///
/// REQUIRES: less(x, y), a strict weak order of two const elements, which may be copied. T can be
///           moved without an exception, by construction and by assignment; it may be no more than
///           that. (An element moved onto itself is lost.)
/// THROWS:   std::bad_alloc before anything has changed. What less throws: `a` then holds all its
///           elements, in some order.
/// COST:     n = a.size(). At most n ceil(log2 n) + n comparisons; at most n - 1 where `a` is in
///           order already. Memory for at most n/2 + 32 elements more, O(log n) stack. At most
///           2 n ceil(log2 n) + 2n moves, no copy, no default construction.
// Begin here: two sorted halves stand side by side. When is nothing left to do?
template <class T, class Less>
void stable_sort(std::span<T>, Less) {
  static_assert(std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_assignable_v<T>);
}

}  // namespace kit
