// rejected by: Cost.SortedInputIsLinear
// std::stable_sort: it sorts short runs first and merges whatever it finds, in order or not.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace kit {

template <class T, class Less>
void stable_sort(std::span<T> a, Less less) {
  static_assert(std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_assignable_v<T>);
  std::stable_sort(a.begin(), a.end(), less);
}

}  // namespace kit
