// What the meter of a claim saw, in each direction that it looked: along one variable, or along all
// of them together.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "lens/growth/claim.hpp"
#include "lens/growth/hold_claims.hpp"

namespace kit::lens {

struct MeasuredGrowth {
  std::vector<Sample> samples;   // what the table shows
  double divided_by_n = 0;       // 1 where the counts are totals of n operations
  std::optional<Growth> growth;  // if certain; a constant where amortised costs are level
  bool rises = false;            // amortised, and not level: any claim but 1 may be true
  std::string along;             // the variable; empty: all of them are the same
  GrowthVerdict verdict;         // of a ladder
  std::string where;             // what was held fixed: "k = 64"; empty where nothing was

  /// Does the count object to a claim that grows so in this direction? 0: no; -1: the claim is too
  /// low; 1: too high.
  int objection_to(const Growth& claimed) const;
};

/// Nothing where the claim has no meter. Where the truth isn't one of the lens's classes `growth`
/// stays empty: it would name a neighbour with confidence.
std::vector<MeasuredGrowth> measure(const ClaimTruth& truth, const Claim& true_claim);

}  // namespace kit::lens
