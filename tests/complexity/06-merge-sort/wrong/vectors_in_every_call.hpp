// rejected by: Cost.HalfTheMemory
// Two new vectors in each call, as in the books: at the top they hold all n, and those below theirs.
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
std::vector<T> sorted(std::vector<T> all, Less& less) {
  if (all.size() < 2) return all;
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::vector<T> left(std::make_move_iterator(all.begin()), std::make_move_iterator(middle));
  std::vector<T> right(std::make_move_iterator(middle), std::make_move_iterator(all.end()));
  left = sorted(std::move(left), less);
  right = sorted(std::move(right), less);
  std::vector<T> out;
  out.reserve(all.size());
  std::size_t i = 0, j = 0;
  if (!less(right.front(), left.back())) {
    for (T& each : left) out.push_back(std::move(each));
    i = left.size();
  }
  while (i < left.size() && j < right.size())
    out.push_back(std::move(less(right[j], left[i]) ? right[j++] : left[i++]));
  for (; i < left.size(); ++i) out.push_back(std::move(left[i]));
  for (; j < right.size(); ++j) out.push_back(std::move(right[j]));
  return out;
}

template <class T, class Less>
void stable_sort(std::span<T> a, Less less) {
  static_assert(std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_assignable_v<T>);
  std::vector<T> all(std::make_move_iterator(a.begin()), std::make_move_iterator(a.end()));
  all = sorted(std::move(all), less);
  std::move(all.begin(), all.end(), a.begin());
}

}  // namespace kit
