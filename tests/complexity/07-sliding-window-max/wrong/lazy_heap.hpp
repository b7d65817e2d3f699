// rejected by: Cost.ThreeComparisonsAnElement, Cost.MemoryFollowsTheWindow
// A heap from which the old ones are taken only when they come to the top: log n comparisons a value, and
// on rising values none ever leaves.
#pragma once

#include <cstddef>
#include <queue>
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
  std::priority_queue<std::size_t, std::vector<std::size_t>, decltype(less)> heap(less);
  for (std::size_t i = 0; i < n; ++i) {
    heap.push(i);
    if (i + 1 < w) continue;
    while (heap.top() + w <= i) heap.pop();
    out[i + 1 - w] = heap.top();
  }
}

}  // namespace kit
