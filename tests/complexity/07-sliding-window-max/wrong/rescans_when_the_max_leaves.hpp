// rejected by: Cost.ThreeComparisonsAnElement
// Remembers the largest, and looks through the window only when it has left: on falling values that is
// each time.
#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>

namespace kit {

template <class T>
void window_max(std::span<const T> a, std::size_t w, std::span<std::size_t> out) {
  const std::size_t n = a.size(), windows = w == 0 || w > n ? 0 : n - w + 1;
  if (out.size() != windows) throw std::invalid_argument("window_max: wrong size of out");
  if (windows == 0) return;
  std::size_t best = n;
  for (std::size_t i = 0; i < windows; ++i) {
    if (best == n || best < i) {
      best = i;
      for (std::size_t j = i + 1; j < i + w; ++j) {
        if (!(a[j] < a[best])) best = j;
      }
    } else if (!(a[i + w - 1] < a[best])) {
      best = i + w - 1;
    }
    out[i] = best;
  }
}

}  // namespace kit
