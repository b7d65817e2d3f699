// The candidates in a ring of w places; counts that only rise, and the oldest leaves before the newest
// comes.
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
  std::vector<std::size_t> ring(w);
  std::size_t first = 0, last = 0;  // candidates first .. last - 1, each at its number modulo w
  for (std::size_t i = 0; i < n; ++i) {
    if (first < last && i - ring[first % w] == w) ++first;
    while (first < last && a[ring[(last - 1) % w]] < a[i]) --last;
    ring[last++ % w] = i;
    if (i + 1 >= w) out[i + 1 - w] = ring[first % w];
  }
}

}  // namespace kit
