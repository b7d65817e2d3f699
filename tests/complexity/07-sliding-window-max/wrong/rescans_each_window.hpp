// rejected by: Cost.ThreeComparisonsAnElement
// Looks through each window: w comparisons a value.
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
  for (std::size_t i = 0; i < windows; ++i) {
    std::size_t best = i;
    for (std::size_t j = i + 1; j < i + w; ++j) {
      if (a[best] < a[j]) best = j;
    }
    out[i] = best;
  }
}

}  // namespace kit
