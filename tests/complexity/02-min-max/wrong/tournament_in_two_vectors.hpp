// rejected by: Robust.WorksWithoutMemory
// The right indices in the fewest comparisons: the winners into one vector, the losers into another,
// and then the largest of the one and the smallest of the other. n indices of memory for nothing.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace kit {

/// Indices.
struct MinMax {
  std::size_t min = 0;
  std::size_t max = 0;
};

template <class T>
std::optional<MinMax> min_max(std::span<const T> a) {
  const std::size_t n = a.size();
  if (n == 0) return std::nullopt;
  std::vector<std::size_t> losers, winners;
  for (std::size_t i = 0; i + 1 < n; i += 2) {
    const bool second = a[i + 1] < a[i];
    losers.push_back(second ? i + 1 : i);
    winners.push_back(second ? i : i + 1);
  }
  if (n % 2 == 1) {
    losers.push_back(n - 1);
    winners.push_back(n - 1);
  }
  MinMax found{losers[0], winners[0]};
  for (std::size_t i = 1; i < losers.size(); ++i) {
    if (a[losers[i]] < a[found.min]) found.min = losers[i];
    if (a[found.max] < a[winners[i]]) found.max = winners[i];
  }
  return found;
}

}  // namespace kit
