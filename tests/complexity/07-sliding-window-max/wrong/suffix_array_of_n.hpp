// rejected by: Cost.MemoryFollowsTheWindow
// Blocks of w, with the prefixes and suffixes of the whole input at once: two tables of n.
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
  std::vector<std::size_t> prefix(n), suffix(n);
  for (std::size_t i = 0; i < n; ++i) {
    prefix[i] = i;
    if (i % w != 0 && !(a[prefix[i - 1]] < a[i])) prefix[i] = prefix[i - 1];
  }
  for (std::size_t i = n; i-- > 0;) {
    suffix[i] = i;
    if (i + 1 < n && (i + 1) % w != 0 && a[i] < a[suffix[i + 1]]) suffix[i] = suffix[i + 1];
  }
  for (std::size_t i = 0; i < windows; ++i) {
    const std::size_t x = suffix[i], y = prefix[i + w - 1];
    out[i] = i % w != 0 && a[x] < a[y] ? y : x;
  }
}

}  // namespace kit
