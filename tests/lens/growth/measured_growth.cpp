#include "lens/growth/measured_growth.hpp"

#include <algorithm>

namespace kit::lens {
namespace {

Growth growth_of(GrowthClass f) {
  switch (f) {
    case GrowthClass::constant:
      return {};
    case GrowthClass::log_n:
      return {.log = 1};
    case GrowthClass::n:
      return {.power = 1};
    case GrowthClass::n_log_n:
      return {.power = 1, .log = 1};
    case GrowthClass::n_to_1_5:
      return {.power = 1.5};
    case GrowthClass::n_2:
      return {.power = 2};
    case GrowthClass::n_2_log_n:
      return {.power = 2, .log = 1};
    case GrowthClass::n_3:
      return {.power = 3};
    case GrowthClass::exponential:
      return {.exponential = true};
  }
  return {};
}

bool lens_knows(const Growth& truth) {
  if (truth.exponential) return true;
  return std::any_of(kPolynomialClasses.begin(), kPolynomialClasses.end(),
                     [&](GrowthClass f) { return growth_of(f) == truth; });
}

MeasuredGrowth on(const Ladders& ladders, const ClaimTruth& truth, const Claim& true_claim,
                  const std::string& along, bool totals = false) {
  MeasuredGrowth out;
  out.along = along;
  out.samples = ladders.powers;
  Growth expected = true_claim.along(along);
  if (totals) {
    out.divided_by_n = 1;
    expected.power += 1;
  }
  const GrowthVerdict verdict = name_growth(ladders, truth.exactness);
  if (!verdict.certain || !lens_knows(expected)) return out;
  out.verdict = verdict;
  out.growth = growth_of(verdict.best);
  if (totals) out.growth->power -= 1;
  return out;
}

MeasuredGrowth on(const ExponentialLadder& ladder, const ClaimTruth& truth) {
  MeasuredGrowth out;
  out.along = truth.along;
  out.samples = ladder.samples;
  out.verdict = name_exponential_growth(ladder.samples, truth.exactness);
  if (out.verdict.certain) out.growth = growth_of(GrowthClass::exponential);
  return out;
}

MeasuredGrowth on(const AmortisedCost& cost, const ClaimTruth& truth, const Claim& true_claim) {
  constexpr std::uint64_t kLongRun = 8192;
  MeasuredGrowth out;
  out.along = truth.along;
  out.samples = cost.worst();
  out.divided_by_n = 1;
  if (!cost.is_level()) {
    out.rises = cost.operations() >= kLongRun;
  } else if (lens_knows(true_claim.along(truth.along))) {
    out.growth = Growth{};
  }
  return out;
}

}  // namespace

int MeasuredGrowth::objection_to(const Growth& claimed) const {
  if (rises) return claimed == Growth{} ? -1 : 0;
  if (!growth || *growth == claimed) return 0;
  return claimed < *growth ? -1 : 1;
}

std::vector<MeasuredGrowth> measure(const ClaimTruth& truth, const Claim& true_claim) {
  if (const auto* ladders = std::get_if<Ladders>(&truth.meter))
    return {on(*ladders, truth, true_claim, truth.along)};
  if (const auto* totals = std::get_if<TotalsOfOperations>(&truth.meter))
    return {on(totals->ladders, truth, true_claim, truth.along, true)};
  if (const auto* ladder = std::get_if<ExponentialLadder>(&truth.meter))
    return {on(*ladder, truth)};
  if (const auto* cost = std::get_if<AmortisedCost>(&truth.meter))
    return {on(*cost, truth, true_claim)};
  const auto* two = std::get_if<LaddersInTwo>(&truth.meter);
  if (two == nullptr) return {};
  std::vector<MeasuredGrowth> out{on(two->along_x, truth, true_claim, two->x),
                                  on(two->along_y, truth, true_claim, two->y)};
  out[0].where = two->y + " = " + std::to_string(two->fixed_y);
  out[1].where = two->x + " = " + std::to_string(two->fixed_x);
  if (!two->together.powers.empty()) {
    out.push_back(on(two->together, truth, true_claim, ""));
    out.back().where = two->x + " = " + two->y;
  }
  return out;
}

}  // namespace kit::lens
