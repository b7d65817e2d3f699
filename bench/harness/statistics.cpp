#include "bench/harness/statistics.hpp"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>

namespace kit::bench {
namespace {

constexpr double kLevel = 0.05;
constexpr std::size_t kFew = 4;
constexpr double kHopeless = 1;  // the reference differs from itself twofold

double at(const std::vector<double>& sorted, double fraction) {
  const double place = fraction * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  return sorted[below] + (sorted[above] - sorted[below]) * (place - static_cast<double>(below));
}

// Half as fast and twice as fast are equally far from 1.
double distance(double ratio) {
  return std::max(ratio, 1 / ratio) - 1;
}

}  // namespace

Quartiles quartiles(std::vector<double> values) {
  assert(!values.empty());
  std::sort(values.begin(), values.end());
  return {at(values, 0.25), at(values, 0.5), at(values, 0.75)};
}

double noise_floor(Work work) {
  switch (work) {
    case Work::compute:
      return 0.01;
    case Work::memory:
      return 0.05;
    case Work::cache:
      return 0.05;  // 0.20 for a single look; every sample here warms the data first
    case Work::two_cores:
      return 0.10;  // pairs in which the cores' distance changed are dropped
    case Work::disk:
      return 0.10;
  }
  return 0.1;
}

const char* name(Work work) {
  switch (work) {
    case Work::compute:
      return "compute";
    case Work::memory:
      return "memory";
    case Work::cache:
      return "cache";
    case Work::two_cores:
      return "two cores";
    case Work::disk:
      return "disk";
  }
  return "";
}

Noise noise(const std::vector<double>& reference_to_itself, Work work) {
  Noise seen;
  if (!reference_to_itself.empty()) {
    const Quartiles q = quartiles(reference_to_itself);
    seen.between_repeats = std::max(distance(q.q1), distance(q.q3));
  }
  seen.told_apart = std::max(seen.between_repeats, noise_floor(work));
  return seen;
}

std::string verdict(const Quartiles& ratio, std::size_t pairs, const Noise& noise) {
  if (noise.told_apart > kHopeless) return "inconclusive";
  if (pairs < kFew && distance(ratio.median) < 1) return "inconclusive";
  const bool beyond_noise = distance(ratio.median) > noise.told_apart;
  if (beyond_noise && ratio.q1 > 1) return "slower";
  if (beyond_noise && ratio.q3 < 1) return "faster";
  const bool near = distance(ratio.q1) <= kLevel && distance(ratio.q3) <= kLevel;
  return near ? "level" : "inconclusive";
}

}  // namespace kit::bench
