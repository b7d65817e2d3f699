// rejected by: Cost.ThreeComparisonsAnElement
// A balanced tree of the window: log w comparisons to enter and as many to leave.
#pragma once

#include <cstddef>
#include <set>
#include <span>
#include <stdexcept>
#include <vector>

namespace kit {

template <class T>
void window_max(std::span<const T> a, std::size_t w, std::span<std::size_t> out) {
  const std::size_t n = a.size(), windows = w == 0 || w > n ? 0 : n - w + 1;
  if (out.size() != windows) throw std::invalid_argument("window_max: wrong size of out");
  if (windows == 0) return;
  const auto less = [&](std::size_t x, std::size_t y) { return a[x] < a[y]; };
  std::multiset<std::size_t, decltype(less)> window(less);
  std::vector<decltype(window.begin())> places(w);
  for (std::size_t i = 0; i < n; ++i) {
    if (i >= w) window.erase(places[i % w]);
    places[i % w] = window.insert(i);
    if (i + 1 >= w) out[i + 1 - w] = *window.rbegin();
  }
}

}  // namespace kit
