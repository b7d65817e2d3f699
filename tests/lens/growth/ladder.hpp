// The sizes at which a cost is counted.
//
//   two ladders   n = 64, 128, 256, ...  and  n = 96, 192, 384, ...
//   exponential   n = 4, 6, 8, ..., 26
//
// A fixed ratio keeps the phase of a saw-tooth: an array that doubles is seen as a straight line,
// where ratios such as 1.8 scatter it by a fifth. Powers of two alone can hide a worst case, so
// there are two ladders, each named by itself.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace kit::lens {

/// A size and what was counted there. Counts are whole numbers, or their mean over many runs; a
/// zero is taken as one.
struct Sample {
  std::uint64_t n = 0;
  double count = 0;
};

/// What a run of size n costs. Called with rising n.
using Meter = std::function<double(std::uint64_t n)>;

struct Ladders {
  std::vector<Sample> powers;  // n = start * ratio^i
  std::vector<Sample> threes;  // n = 3/2 start * ratio^i
};

struct LadderLimits {
  std::uint64_t start = 64;  // 16 where the cost is n^2 or more
  std::uint64_t ratio = 2;   // or 4
  std::uint64_t largest = std::uint64_t{1} << 20;
  double budget = 1 << 22;  // counts spent on one ladder; the step that reaches it is its last
  std::size_t longest = 14;
};

/// Counts along both ladders.
Ladders count_on_ladders(const Meter& meter, const LadderLimits& limits = {});

/// What a run costs whose size has two variables.
using MeterOfTwo = std::function<double(std::uint64_t x, std::uint64_t y)>;

/// Ladders in one variable each, the other fixed, and where both are the same.
///
/// Fix the other where its own term is small beside this one's (1/16) or large (16 times), never
/// near the crossing. For a sum, n + m, fix it small, and leave `together` away.
struct LaddersInTwo {
  std::string x, y;  // as they are named in the claim
  std::uint64_t fixed_y = 0, fixed_x = 0;
  Ladders along_x, along_y;
  Ladders together;  // empty where it wasn't asked for
};

struct LimitsInTwo {
  std::uint64_t fixed_y = 64, fixed_x = 64;
  LadderLimits along_x = {}, along_y = {};
  std::optional<LadderLimits> together = {};
};

LaddersInTwo count_in_two(const std::string& x, const std::string& y, const MeterOfTwo& meter,
                          const LimitsInTwo& limits = {});

/// Counts at n = 4, 6, ..., 26, as far as the budget goes: for costs that two ladders can't reach.
std::vector<Sample> count_on_exponential_ladder(const Meter& meter, double budget = 1 << 22);

}  // namespace kit::lens
