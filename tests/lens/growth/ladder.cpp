#include "lens/growth/ladder.hpp"

namespace kit::lens {
namespace {

std::vector<Sample> climb(const Meter& meter, std::uint64_t start, const LadderLimits& limits) {
  std::vector<Sample> samples;
  double spent = 0;
  for (std::uint64_t n = start; n <= limits.largest && samples.size() < limits.longest;
       n *= limits.ratio) {
    samples.push_back({n, meter(n)});
    spent += samples.back().count;
    if (spent >= limits.budget) break;
  }
  return samples;
}

}  // namespace

Ladders count_on_ladders(const Meter& meter, const LadderLimits& limits) {
  return {climb(meter, limits.start, limits), climb(meter, limits.start / 2 * 3, limits)};
}

std::vector<Sample> count_on_exponential_ladder(const Meter& meter, double budget) {
  std::vector<Sample> samples;
  double spent = 0;
  for (std::uint64_t n = 4; n <= 26 && spent < budget; n += 2) {
    samples.push_back({n, meter(n)});
    spent += samples.back().count;
  }
  return samples;
}

}  // namespace kit::lens
