#include "lens/growth/expected.hpp"

#include <algorithm>
#include <cmath>

#include "harness/report.hpp"

namespace kit::lens {
namespace {

using harness::number;

std::string rounded(double count) {
  return number(count, count == std::floor(count) ? 0 : 1);
}

struct LargestRun {
  double count = 0;
  std::uint64_t seed = 0;
};
LargestRun largest_of(const SeededRuns& runs) {
  const auto at = std::max_element(runs.counts.begin(), runs.counts.end());
  return {*at, runs.first_seed + static_cast<std::uint64_t>(at - runs.counts.begin())};
}

}  // namespace

double SeededRuns::mean() const {
  double sum = 0;
  for (double each : counts) sum += each;
  return counts.empty() ? 0 : sum / static_cast<double>(counts.size());
}

double SeededRuns::standard_error() const {
  if (counts.size() < 2) return 0;
  const double middle = mean();
  double squares = 0;
  for (double each : counts) squares += (each - middle) * (each - middle);
  const auto runs = static_cast<double>(counts.size());
  return std::sqrt(squares / (runs - 1) / runs);
}

double SeededRuns::largest() const {
  return counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end());
}

SeededRuns count_over_seeds(
    std::uint64_t n, std::uint64_t first_seed, int runs,
    const std::function<double(std::uint64_t n, std::uint64_t seed)>& meter) {
  SeededRuns out{n, first_seed, {}};
  for (int i = 0; i < runs; ++i)
    out.counts.push_back(meter(n, first_seed + static_cast<std::uint64_t>(i)));
  return out;
}

std::vector<Sample> means(std::span<const SeededRuns> runs) {
  std::vector<Sample> out;
  for (const SeededRuns& each : runs) out.push_back({each.n, each.mean()});
  return out;
}

bool expect_mean_at_most(std::span<const SeededRuns> runs, const Bound& bound, const Tail& tail) {
  Bound of_mean = bound;
  of_mean.what = "mean " + bound.what;
  if (!runs.empty()) {
    of_mean.input += "; the mean of " + std::to_string(runs.front().counts.size()) +
                     " runs, seeds from " + std::to_string(runs.front().first_seed);
  }
  if (!expect_at_most(means(runs), of_mean)) return false;

  const SeededRuns* nearest = nullptr;
  double nearest_share = -1;
  for (const SeededRuns& each : runs) {
    const double limit = tail.c * bound.f.value(static_cast<double>(each.n)) + bound.d;
    const double share = each.largest() / limit;
    if (share <= nearest_share) continue;
    nearest_share = share;
    nearest = &each;
  }
  const double limit = tail.c * bound.f.value(static_cast<double>(nearest->n)) + bound.d;
  const LargestRun run = largest_of(*nearest);
  return harness::expect_within(
      {.lens = "growth",
       .key = "largest run, " + bound.what + " n=" + std::to_string(nearest->n),
       .measured = run.count,
       .limit = limit,
       .unit = bound.what},
      bound.input + "; n = " + rounded(static_cast<double>(nearest->n)) + ", seed " +
          std::to_string(run.seed),
      "  " + rounded(run.count) + " " + bound.what +
          " in this one run; no run may need more than\n  " + number(tail.c, 2) + " " +
          bound.f.name + " + " + rounded(bound.d) + " = " + rounded(limit) + ". The mean is " +
          rounded(nearest->mean()) + " +- " + rounded(nearest->standard_error()) +
          ", and within its bound:\n  only a few runs are this dear.\n\n" + tail.source);
}

}  // namespace kit::lens
