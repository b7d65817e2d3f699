// rejected by: Robust.WindowLargerThanInput
// Counts the windows as n - w + 1, which is n + 1 for w = 0 and a huge number for w > n.
#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <stdexcept>

namespace kit {

template <class T>
void window_max(std::span<const T> a, std::size_t w, std::span<std::size_t> out) {
  const std::size_t n = a.size();
  if (out.size() != n - w + 1) throw std::invalid_argument("window_max: wrong size of out");
  std::deque<std::size_t> candidates;  // their values fall from front to back
  for (std::size_t i = 0; i < n; ++i) {
    while (!candidates.empty() && !(a[i] < a[candidates.back()])) candidates.pop_back();
    candidates.push_back(i);
    if (candidates.front() + w <= i) candidates.pop_front();
    if (i + 1 >= w) out[i + 1 - w] = candidates.front();
  }
}

}  // namespace kit
