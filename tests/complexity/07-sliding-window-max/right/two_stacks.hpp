// A queue of two stacks, each of which knows its largest: one to enter, one to be turned over, one to
// join both.
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
  const auto larger = [&](std::size_t x, std::size_t y) { return a[x] < a[y] ? y : x; };
  std::vector<std::size_t> leaving;  // the largest from each place to the end of the turned part
  std::size_t turned = 0,
              entered = 0;  // leaving is of [.., turned); entered is the largest behind it
  leaving.reserve(w);
  for (std::size_t i = 0; i < n; ++i) {
    entered = i == turned ? i : larger(entered, i);
    if (i + 1 < w) continue;
    const std::size_t first = i + 1 - w;
    if (leaving.empty()) {  // turn all that has entered
      std::size_t largest = i;
      for (std::size_t j = i + 1; j-- > first;) {
        if (j < i) largest = larger(largest, j);
        leaving.push_back(largest);
      }
      turned = i + 1;
      out[first] = leaving.back();
    } else {
      out[first] = larger(leaving.back(), entered);
    }
    leaving.pop_back();
  }
}

}  // namespace kit
