#include "bench/harness/statistics.hpp"

#include <gtest/gtest.h>

namespace kit::bench {
namespace {

TEST(Quartiles, AreLinearBetweenNeighbours) {
  const Quartiles five = quartiles({5, 1, 4, 2, 3});
  EXPECT_DOUBLE_EQ(five.q1, 2);
  EXPECT_DOUBLE_EQ(five.median, 3);
  EXPECT_DOUBLE_EQ(five.q3, 4);
  const Quartiles four = quartiles({1, 2, 3, 4});
  EXPECT_DOUBLE_EQ(four.q1, 1.75);
  EXPECT_DOUBLE_EQ(four.median, 2.5);
  EXPECT_DOUBLE_EQ(quartiles({7}).q3, 7);
}

TEST(NoiseOfARun, IsHowFarTheReferenceIsFromItself) {
  const Noise quiet = noise({0.99, 1, 1, 1, 1.01}, Work::memory);
  EXPECT_NEAR(quiet.between_repeats, 0, 1e-9);
  EXPECT_DOUBLE_EQ(quiet.told_apart, noise_floor(Work::memory));
  const Noise busy = noise({0.8, 0.8, 1, 1.1, 1.1}, Work::memory);
  EXPECT_NEAR(busy.between_repeats, 0.25, 1e-9);  // 0.8 is as far from 1 as 1.25
  EXPECT_NEAR(busy.told_apart, 0.25, 1e-9);
}

TEST(NoiseOfARun, IsTheFloorWithoutRepeats) {
  EXPECT_DOUBLE_EQ(noise({}, Work::disk).told_apart, noise_floor(Work::disk));
}

constexpr Noise kThreePercent{0.03, 0.03};

TEST(Verdict, NeedsQuartilesOnOneSideAndMoreThanTheNoise) {
  EXPECT_EQ(verdict({1.10, 1.14, 1.19}, 10, kThreePercent), "slower");
  EXPECT_EQ(verdict({0.80, 0.85, 0.90}, 10, kThreePercent), "faster");
  EXPECT_EQ(verdict({1.03, 1.04, 1.05}, 10, kThreePercent), "slower");
}

TEST(Verdict, IsInconclusiveWhenTheQuartilesStraddleOne) {
  EXPECT_EQ(verdict({0.90, 1.10, 1.40}, 10, kThreePercent), "inconclusive");
  EXPECT_EQ(verdict({0.60, 0.90, 1.10}, 10, kThreePercent), "inconclusive");
}

TEST(Verdict, IsInconclusiveInsideTheNoise) {
  EXPECT_EQ(verdict({1.07, 1.10, 1.15}, 10, Noise{0.2, 0.2}), "inconclusive");
}

TEST(Verdict, IsInconclusiveWhenTheReferenceIsTwiceItself) {
  EXPECT_EQ(verdict({30, 40, 50}, 10, Noise{1.2, 1.2}), "inconclusive");
  EXPECT_EQ(verdict({30, 40, 50}, 10, Noise{0.4, 0.4}), "slower");
}

TEST(Verdict, BelievesFewPairsOnlyOfALargeDifference) {
  EXPECT_EQ(verdict({1.23, 1.23, 1.23}, 1, kThreePercent), "inconclusive");
  EXPECT_EQ(verdict({1.01, 1.01, 1.01}, 2, kThreePercent), "inconclusive");
  EXPECT_EQ(verdict({40, 40, 40}, 1, kThreePercent), "slower");
}

TEST(Verdict, IsLevelOnlyWhenBothQuartilesAreNear) {
  EXPECT_EQ(verdict({0.99, 1.00, 1.02}, 10, kThreePercent), "level");
  EXPECT_EQ(verdict({1.01, 1.02, 1.03}, 10, kThreePercent), "level");
  EXPECT_EQ(verdict({0.94, 1.00, 1.02}, 10, kThreePercent), "inconclusive");
}

}  // namespace
}  // namespace kit::bench
