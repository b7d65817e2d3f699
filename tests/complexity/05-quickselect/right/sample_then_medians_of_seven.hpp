// A twentieth of the elements as a sample, whose element of the same rank is the pivot; after two bad
// steps, medians of seven by exchanges. Wasteful, and linear.
#pragma once
#include <algorithm>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <utility>
namespace kit {
namespace detail {
template <class T, class Less>
void careful(T* a, std::size_t n, std::size_t k, Less& less);
template <class T, class Less>
std::pair<std::size_t, std::size_t> three(T* a, std::size_t n, std::size_t p, Less& less) {
  std::swap(a[0], a[p]);
  T* mid = std::partition(a + 1, a + n, [&](const T& x) { return less(x, a[0]); });
  --mid;
  std::swap(*mid, a[0]);
  T* end = std::partition(mid + 1, a + n, [&](const T& x) { return !less(*mid, x); });
  return {static_cast<std::size_t>(mid - a), static_cast<std::size_t>(end - a)};
}
template <class T, class Less>
void careful(T* a, std::size_t n, std::size_t k, Less& less) {
  if (n < 8) {
    for (std::size_t i = 0; i <= k; ++i)
      std::swap(a[i], *std::min_element(a + i, a + n,
                                        [&](const T& x, const T& y) { return less(x, y); }));
    return;
  }
  std::size_t g = 0;
  for (std::size_t i = 0; i + 7 <= n; i += 7) {
    for (std::size_t x = i; x <= i + 3; ++x)
      for (std::size_t y = i + 6; y > x; --y)
        if (less(a[y], a[y - 1])) std::swap(a[y], a[y - 1]);
    std::swap(a[g++], a[i + 3]);
  }
  careful(a, g, g / 2, less);
  auto [lo, hi] = three(a, n, g / 2, less);
  if (k < lo) return careful(a, lo, k, less);
  if (k >= hi) return careful(a + hi, n - hi, k - hi, less);
}
template <class T, class Less>
void sampled(T* a, std::size_t n, std::size_t k, int bad, Less& less) {
  while (n > 100) {
    if (bad == 0) return careful(a, n, k, less);
    const std::size_t s = n / 20;
    for (std::size_t i = 0; i < s; ++i) std::swap(a[i], a[i * 20]);
    sampled(a, s, k / 20 < s ? k / 20 : s - 1, 0, less);
    auto [lo, hi] = three(a, n, k / 20 < s ? k / 20 : s - 1, less);
    const std::size_t before = n;
    if (k < lo)
      n = lo;
    else if (k < hi)
      return;
    else {
      a += hi;
      n -= hi;
      k -= hi;
    }
    if (n > before - before / 4) --bad;
  }
  careful(a, n, k, less);
}
}  // namespace detail
template <class T, class Less>
T& select(std::span<T> a, std::size_t k, Less less) {
  if (k >= a.size()) throw std::out_of_range("k");
  detail::sampled(a.data(), a.size(), k, 2, less);
  return a[k];
}
}  // namespace kit
