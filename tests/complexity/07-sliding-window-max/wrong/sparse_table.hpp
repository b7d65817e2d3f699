// rejected by: Cost.ThreeComparisonsAnElement, Cost.MemoryFollowsTheWindow
// The largest of 1, 2, 4, ... neighbours everywhere: log w comparisons a value, and a table of n.
#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <vector>

namespace kit {

template <class T>
void window_max(std::span<const T> a, std::size_t w, std::span<std::size_t> out) {
  const std::size_t n = a.size(), windows = w == 0 || w > n ? 0 : n - w + 1;
  if (out.size() != windows) throw std::invalid_argument("window_max: wrong size of out");
  if (windows == 0) return;
  std::vector<std::size_t> best(n);
  for (std::size_t i = 0; i < n; ++i) best[i] = i;
  std::size_t length = 1;
  for (; 2 * length <= w; length *= 2) {
    for (std::size_t i = 0; i + 2 * length <= n; ++i) {
      if (a[best[i]] < a[best[i + length]]) best[i] = best[i + length];
    }
  }
  for (std::size_t i = 0; i < windows; ++i) {
    const std::size_t x = best[i], y = best[i + w - length];
    out[i] = a[x] < a[y] ? y : x;
  }
}

}  // namespace kit
