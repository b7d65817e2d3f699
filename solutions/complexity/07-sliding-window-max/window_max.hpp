// window_max by blocks of w (van Herk; Gil and Werman). A window lies across one border of blocks at most:
//
//   a    | . . . i x x x | x x + . . . |        w = 7
//              suffix[i]   prefix
//
// Its largest is the larger of two: the suffix of its first block from i on, and the prefix of the next
// block up to its end. The suffixes of a block are found from behind, once; the prefix grows by one value
// from window to window.
//
// Comparisons in a block: w - 1 for the suffixes, w - 2 for the prefix, w - 1 to join them: below 3n in all.
// None of the three walks takes a branch that depends on the values.
#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>
#include <vector>

namespace kit {
namespace detail {

template <class T>
std::size_t larger(std::span<const T> a, std::size_t x, std::size_t y) {
  return a[x] < a[y] ? y : x;
}

}  // namespace detail

template <class T>
void window_max(std::span<const T> a, std::size_t w, std::span<std::size_t> out) {
  const std::size_t n = a.size(), windows = w == 0 || w > n ? 0 : n - w + 1;
  if (out.size() != windows) throw std::invalid_argument("window_max: out has the wrong size");
  if (windows == 0) return;
  std::vector<std::size_t> suffix(w);
  for (std::size_t first = 0; first < windows; first += w) {
    const std::size_t border = first + w;  // at most n
    suffix[w - 1] = border - 1;
    for (std::size_t i = w - 1; i-- > 0;) {
      suffix[i] = detail::larger(a, suffix[i + 1], first + i);
    }
    out[first] = suffix[0];
    std::size_t prefix = border;
    for (std::size_t i = 1; i < w && first + i < windows; ++i) {
      if (i > 1) prefix = detail::larger(a, prefix, border + i - 1);
      out[first + i] = detail::larger(a, suffix[i], prefix);
    }
  }
}

}  // namespace kit
