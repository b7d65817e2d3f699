// Means and tails of planted runs.
#include "lens/growth/expected.hpp"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

namespace {

using namespace kit::lens;

Bound four_n() {
  return {.c = 4,
          .f = {"n", [](double n) { return n; }},
          .d = 10,
          .what = "comparisons",
          .ratio = "/ n",
          .input = "a random pivot",
          .why = "  It should halve."};
}
const Tail kTail = {8, "  3.4 n in the mean and 0.8 n of deviation over 2,000 seeds."};

std::vector<SeededRuns> runs(double usual, double of_seed_7) {
  std::vector<SeededRuns> out;
  for (const std::uint64_t n : {100U, 1'000U, 10'000U}) {
    out.push_back(count_over_seeds(n, 1, 32, [&](std::uint64_t size, std::uint64_t seed) {
      return (seed == 7 ? of_seed_7 : usual) * static_cast<double>(size);
    }));
  }
  return out;
}

TEST(Expected, MeansAndErrors) {
  const SeededRuns four{10, 5, {1, 2, 3, 6}};
  EXPECT_EQ(four.mean(), 3);
  EXPECT_NEAR(four.standard_error(), 1.0801, 0.001);
  EXPECT_EQ(four.largest(), 6);
  EXPECT_EQ(means(runs(3, 3))[1].count, 3'000);
}

TEST(Expected, WithinBothHolds) {
  EXPECT_TRUE(expect_mean_at_most(runs(3.4, 7), four_n(), kTail));
}

TEST(Expected, AMeanAboveItsBoundFails) {
  EXPECT_NONFATAL_FAILURE(expect_mean_at_most(runs(4.2, 4.2), four_n(), kTail),
                          "420 mean comparisons at n = 100; at most 4 n + 10 = 410");
}

TEST(Expected, OneRunAboveTheTailFailsAndIsNamed) {
  EXPECT_NONFATAL_FAILURE(expect_mean_at_most(runs(3, 9), four_n(), kTail),
                          "a random pivot; n = 10,000, seed 7");
}

TEST(Expected, NothingCountedFails) {
  EXPECT_NONFATAL_FAILURE(expect_mean_at_most({}, four_n(), kTail), "Nothing was counted");
}

}  // namespace
