// Planted growths, exact and with noise: are they named, and never wrongly where the span is wide enough?
#include "lens/growth/name_growth.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <random>
#include <vector>

#include "lens/growth/amortised.hpp"

namespace {

using namespace kit::lens;
using Plant = std::function<double(double)>;

std::vector<Sample> ladder_of(const Plant& plant, int span, int points, double noise,
                              std::mt19937_64& random) {
  std::normal_distribution<double> normal;
  std::vector<Sample> samples;
  for (int i = 0; i < points; ++i) {
    const double n = std::round(64 * std::exp2(static_cast<double>(span) * i / (points - 1)));
    samples.push_back({static_cast<std::uint64_t>(n), plant(n) * (1 + noise * normal(random))});
  }
  return samples;
}

struct Share {
  double right = 0, wrong = 0;
};
Share share_named(const Plant& plant, GrowthClass truth, int span, double noise) {
  constexpr int kLadders = 500;
  std::mt19937_64 random(20260101);
  Share share;
  for (int i = 0; i < kLadders; ++i) {
    const auto verdict =
        name_growth(ladder_of(plant, span, 12, noise, random), Exactness::averaged);
    if (!verdict.certain) continue;
    (verdict.best == truth ? share.right : share.wrong) += 100.0 / kLadders;
  }
  return share;
}

TEST(NameGrowth, NamesEachPureClassExactly) {
  for (GrowthClass f : kPolynomialClasses) {
    const Ladders ladders = count_on_ladders(
        [&](std::uint64_t n) { return std::round(1000 * value_of(f, static_cast<double>(n))); },
        {.budget = 1e300});
    const auto verdict = name_growth(ladders, Exactness::exact);
    EXPECT_TRUE(verdict.certain) << name_of(f) << ": " << in_words(verdict);
    EXPECT_EQ(verdict.best, f) << in_words(verdict);
    EXPECT_LT(verdict.residual, 0.001) << name_of(f);
  }
}

TEST(NameGrowth, NLogNIsNeitherNNorNSquared) {
  const auto verdict =
      name_growth(count_on_ladders([](std::uint64_t n) {
                    return std::floor(static_cast<double>(n) * std::log2(static_cast<double>(n)));
                  }),
                  Exactness::exact);
  EXPECT_TRUE(verdict.certain);
  EXPECT_EQ(in_words(verdict), "n log n");
}

TEST(NameGrowth, NamesPureClassesThroughNoiseOfFivePercent) {
  for (GrowthClass f : kPolynomialClasses) {
    const Share share = share_named([&](double n) { return 1000 * value_of(f, n); }, f, 10, 0.05);
    EXPECT_GE(share.right, 99) << name_of(f);
    EXPECT_LE(share.wrong, 0.4) << name_of(f);
  }
}

TEST(NameGrowth, NamesGrowthsWithALowerTermOrSaysThatItCantTell) {
  struct Mixture {
    const char* name;
    GrowthClass truth;
    Plant plant;
    double least_right;  // at span 2^10 and 5 %; a little below what was simulated
  };
  const Mixture mixtures[] = {
      {"2 log n + 8", GrowthClass::log_n, [](double n) { return 1000 * (2 * std::log2(n) + 8); },
       99},
      {"3 n + 200", GrowthClass::n, [](double n) { return 3 * n + 200; }, 98},
      {"2 n + 30 log n", GrowthClass::n, [](double n) { return 2 * n + 30 * std::log2(n); }, 98},
      {"n log n - n", GrowthClass::n_log_n, [](double n) { return n * std::log2(n) - n; }, 98},
      {"n log n / 2 + 10 n", GrowthClass::n_log_n,
       [](double n) { return 0.5 * n * std::log2(n) + 10 * n; }, 50},
      {"n^1.5 + 20 n", GrowthClass::n_to_1_5, [](double n) { return n * std::sqrt(n) + 20 * n; },
       98},
      {"n (n - 1) / 2", GrowthClass::n_2, [](double n) { return n * (n - 1) / 2; }, 98},
      {"n^2 / 2 + 50 n", GrowthClass::n_2, [](double n) { return 0.5 * n * n + 50 * n; }, 55},
      {"n^2 log n + 10 n^2", GrowthClass::n_2_log_n,
       [](double n) { return n * n * (std::log2(n) + 10); }, 80},
      {"n^3 / 6 + 10 n^2", GrowthClass::n_3, [](double n) { return n * n * n / 6 + 10 * n * n; },
       99}};
  for (const Mixture& each : mixtures) {
    const Share near = share_named(each.plant, each.truth, 10, 0.05);
    EXPECT_GE(near.right, each.least_right) << each.name;
    EXPECT_LE(near.wrong, 3) << each.name;
    const Share far = share_named(each.plant, each.truth, 14, 0.05);
    EXPECT_GE(far.right, 90) << each.name;
    EXPECT_LE(far.wrong, 1) << each.name;
    EXPECT_GE(share_named(each.plant, each.truth, 10, 0.0).right, 99) << each.name << ", exact";
  }
}

TEST(NameGrowth, SeesThroughTheSawToothOfDoubling) {
  const auto relocations = [](std::uint64_t pushes) {
    double total = 0;
    for (std::uint64_t capacity = 1; capacity < pushes; capacity *= 2)
      total += static_cast<double>(capacity);
    return total;
  };
  const auto verdict = name_growth(count_on_ladders(relocations), Exactness::exact);
  EXPECT_TRUE(verdict.certain);
  EXPECT_EQ(verdict.best, GrowthClass::n);
}

TEST(NameGrowth, TheLaddersMustAgree) {
  const auto only_powers_are_cheap = [](std::uint64_t n) {
    const auto x = static_cast<double>(n);
    return (n & (n - 1)) == 0 ? x : x * x;
  };
  EXPECT_FALSE(
      name_growth(count_on_ladders(only_powers_are_cheap, {.budget = 1e300}), Exactness::exact)
          .certain);
}

TEST(NameGrowth, TooFewSamplesAreNeverCertain) {
  std::mt19937_64 random(1);
  EXPECT_FALSE(
      name_growth(ladder_of([](double n) { return n; }, 10, 7, 0, random), Exactness::exact)
          .certain);
}

TEST(NameGrowth, ScatteredCountsAreNotNamed) {
  std::mt19937_64 random(1);
  int named = 0;
  for (int i = 0; i < 100; ++i) {
    named +=
        name_growth(ladder_of([](double n) { return n; }, 10, 12, 0.3, random), Exactness::exact)
            .certain;
  }
  EXPECT_LE(named, 2);
}

TEST(NameGrowth, ExponentialOrNot) {
  const Plant exponentials[] = {[](double n) { return std::exp2(n); },
                                [](double n) { return std::exp2(n) + n * n * n; },
                                [](double n) { return std::floor(1.4 * std::pow(1.618, n)); }};
  for (const Plant& plant : exponentials) {
    const auto verdict = name_exponential_growth(
        count_on_exponential_ladder([&](std::uint64_t n) { return plant(static_cast<double>(n)); }),
        Exactness::exact);
    EXPECT_TRUE(verdict.certain) << in_words(verdict);
    EXPECT_EQ(verdict.best, GrowthClass::exponential);
  }
  for (GrowthClass f : kPolynomialClasses) {
    const auto verdict = name_exponential_growth(count_on_exponential_ladder([&](std::uint64_t n) {
                                                   return 100 * value_of(f, static_cast<double>(n));
                                                 }),
                                                 Exactness::exact);
    EXPECT_FALSE(verdict.certain) << name_of(f) << " was called " << in_words(verdict);
  }
}

// Relocations of pushes onto an array whose capacity goes from c to next(c).
AmortisedCost pushes(const std::function<double(double)>& next) {
  AmortisedCost cost;
  double capacity = 0;
  std::uint64_t total = 0;
  for (std::uint64_t m = 1; m <= std::uint64_t{1} << 18; ++m) {
    if (static_cast<double>(m) > capacity) {
      total += static_cast<std::uint64_t>(capacity);
      capacity = std::floor(next(capacity));
    }
    cost.after_operation(total);
  }
  return cost;
}

TEST(AmortisedCost, IsLevelForAnyFactor) {
  for (const double factor : {1.25, 1.5, 1.618, 2.0, 4.0}) {
    const AmortisedCost cost = pushes([&](double c) { return c * factor + 1; });
    EXPECT_TRUE(cost.is_level()) << factor;
  }
}

TEST(AmortisedCost, RisesForGrowthByAConstant) {
  for (const double step : {1.0, 10.0, 1'000.0}) {
    EXPECT_FALSE(pushes([&](double c) { return c + step; }).is_level()) << step;
  }
}

TEST(AmortisedCost, KeepsTheWorstPrefixOfEachOctave) {
  const AmortisedCost cost = pushes([](double c) { return c == 0 ? 1 : 2 * c; });
  const Sample& worst = cost.worst()[11];  // m in (1,024, 2,048]
  EXPECT_EQ(worst.n, 1'025U);
  EXPECT_EQ(worst.count, 2'047);
}

TEST(AmortisedCost, KnowsTheDearestOperation) {
  const AmortisedCost cost = pushes([](double c) { return c == 0 ? 1 : 2 * c; });
  EXPECT_EQ(cost.dearest().n, (std::uint64_t{1} << 17) + 1);
  EXPECT_EQ(cost.dearest().count, 1 << 17);
}

TEST(AmortisedCost, AShortRunIsNotLevel) {
  AmortisedCost cost;
  for (int i = 0; i < 1'000; ++i) cost.after_operation(1);
  EXPECT_FALSE(cost.is_level());
}

}  // namespace
