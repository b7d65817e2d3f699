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

LaddersInTwo count_in_two(const std::string& x, const std::string& y, const MeterOfTwo& meter,
                          const LimitsInTwo& limits) {
  LaddersInTwo out{x, y, limits.fixed_y, limits.fixed_x, {}, {}, {}};
  out.along_x =
      count_on_ladders([&](std::uint64_t n) { return meter(n, limits.fixed_y); }, limits.along_x);
  out.along_y =
      count_on_ladders([&](std::uint64_t n) { return meter(limits.fixed_x, n); }, limits.along_y);
  if (limits.together) {
    out.together = count_on_ladders([&](std::uint64_t n) { return meter(n, n); }, *limits.together);
  }
  return out;
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
