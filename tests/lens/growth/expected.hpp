// Bounds that hold in expectation, over the program's own random choices or over random input: the
// mean over many seeds at each size, and each single run against a wider bound. Never one run.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "lens/growth/bound.hpp"
#include "lens/growth/ladder.hpp"

namespace kit::lens {

/// What runs of one size cost, the i-th with the seed first_seed + i.
struct SeededRuns {
  std::uint64_t n = 0;
  std::uint64_t first_seed = 0;
  std::vector<double> counts;

  double mean() const;
  double standard_error() const;  // of the mean
  double largest() const;
};

SeededRuns count_over_seeds(
    std::uint64_t n, std::uint64_t first_seed, int runs,
    const std::function<double(std::uint64_t n, std::uint64_t seed)>& meter);

/// The means, for a ladder that is `averaged`.
std::vector<Sample> means(std::span<const SeededRuns> runs);

/// No run may need more than  c f(n) + d,  with the d of the bound. Take for c the mean's bound and
/// six standard deviations of one run, as measured for the reference.
struct Tail {
  double c = 0;
  std::string source;  // closes the message where a run is above it; where the figure is from
};

/// Holds the mean at each size against the bound, and each run against the tail. Records both;
/// fails the running test at the first size that breaks the one, or else the other.
bool expect_mean_at_most(std::span<const SeededRuns> runs, const Bound& bound, const Tail& tail);

}  // namespace kit::lens
