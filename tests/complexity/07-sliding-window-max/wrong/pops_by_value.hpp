// rejected by: Correct.EqualKeys
// Keeps one of equal values, the first, and lets it leave with its place: the window forgets that the
// other is still inside.
#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <stdexcept>

namespace kit {

template <class T>
void window_max(std::span<const T> a, std::size_t w, std::span<std::size_t> out) {
  const std::size_t n = a.size(), windows = w == 0 || w > n ? 0 : n - w + 1;
  if (out.size() != windows) throw std::invalid_argument("window_max: wrong size of out");
  if (windows == 0) return;
  std::deque<std::size_t> candidates;  // their values fall from front to back
  for (std::size_t i = 0; i < n; ++i) {
    while (!candidates.empty() && a[candidates.back()] < a[i]) candidates.pop_back();
    if (candidates.empty() || a[i] < a[candidates.back()] || a[candidates.back()] < a[i])
      candidates.push_back(i);
    if (candidates.front() + w <= i) candidates.pop_front();
    if (candidates.empty()) candidates.push_back(i);
    if (i + 1 >= w) out[i + 1 - w] = candidates.front();
  }
}

}  // namespace kit
