#include "lens/growth/key_orders.hpp"

namespace kit::lens {
namespace {

// For i = 1 .. k: a[i-1] = i and a[i] = k + i for odd i, a[k+i-1] = 2i; values from 1 on. Each
// partition round the median of first, middle and last takes two elements off.
std::vector<int> median_of_three_killer(std::size_t n) {
  std::vector<int> a(n, static_cast<int>(n) - 1);
  const std::size_t k = n / 2;
  for (std::size_t i = 1; i <= k; ++i) {
    if (i % 2 == 1) {
      a[i - 1] = static_cast<int>(i) - 1;
      if (i < k) a[i] = static_cast<int>(k + i) - 1;
    }
    a[k + i - 1] = static_cast<int>(2 * i) - 1;
  }
  return a;
}

}  // namespace

const char* name_of(Order order) {
  switch (order) {
    case Order::random:
      return "a random order";
    case Order::ascending:
      return "ascending";
    case Order::descending:
      return "descending";
    case Order::equal:
      return "all equal";
    case Order::two_values:
      return "two values at random";
    case Order::sixteen_values:
      return "sixteen values at random";
    case Order::organ_pipe:
      return "an organ pipe (up, then down)";
    case Order::saw:
      return "a saw (0 to 99, again and again)";
    case Order::median_of_three_killer:
      return "the median-of-three killer";
  }
  return "?";
}

std::vector<int> keys_in(Order order, std::size_t n, std::uint64_t seed) {
  if (order == Order::median_of_three_killer) return median_of_three_killer(n);
  std::vector<int> keys(n);
  Random random(seed);
  for (std::size_t i = 0; i < n; ++i) {
    std::size_t key = i;
    if (order == Order::descending) key = n - 1 - i;
    if (order == Order::equal) key = 0;
    if (order == Order::two_values) key = random.below(2);
    if (order == Order::sixteen_values) key = random.below(16);
    if (order == Order::organ_pipe) key = i < n - i ? i : n - i;
    if (order == Order::saw) key = i % 100;
    keys[i] = static_cast<int>(key);
  }
  if (order == Order::random) shuffle(keys, seed);
  return keys;
}

}  // namespace kit::lens
