// Bounds on planted counts, and the words of their messages.
#include "lens/growth/bound.hpp"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <sstream>
#include <vector>

namespace {

using namespace kit::lens;

std::vector<Sample> squares() {
  std::vector<Sample> samples;
  for (std::uint64_t n = 4; n <= 65'536; n *= 2)
    samples.push_back({n, static_cast<double>(n * n / 16)});
  return samples;
}

Bound three_a_push() {
  return {.c = 3,
          .f = {"n", [](double n) { return n; }},
          .d = 64,
          .what = "relocations",
          .ratio = "a push",
          .input = "n pushes",
          .why = "  They share the cost."};
}

TEST(ExpectAtMost, HoldsOnTheBoundAndNotAboveIt) {
  const std::vector<Sample> on_it = {{10, 94}, {100, 364}};
  EXPECT_TRUE(expect_at_most(on_it, three_a_push()));
  const std::vector<Sample> above = {{10, 94}, {100, 365}};
  EXPECT_NONFATAL_FAILURE(expect_at_most(above, three_a_push()),
                          "365 relocations at n = 100; at most 3 n + 64 = 364 are allowed");
}

TEST(ExpectAtMost, NothingCountedIsAFailure) {
  EXPECT_NONFATAL_FAILURE(expect_at_most({}, three_a_push()), "Nothing was counted");
}

TEST(ExpectAtMost, ShowsTheFirstSizeAboveAndNamesTheGrowth) {
  testing::TestPartResultArray results;
  {
    testing::ScopedFakeTestPartResultReporter reporter(
        testing::ScopedFakeTestPartResultReporter::INTERCEPT_ONLY_CURRENT_THREAD, &results);
    expect_at_most(squares(), three_a_push());
  }
  ASSERT_EQ(results.size(), 1);
  const std::string message = results.GetTestPartResult(0).message();
  EXPECT_NE(message.find("1,024 relocations at n = 128"), std::string::npos) << message;
  EXPECT_NE(message.find("<- the first size above the bound"), std::string::npos) << message;
  EXPECT_NE(message.find("The total grows as n^2; the bound as n."), std::string::npos) << message;
  std::istringstream lines(message);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 76U) << line;
}

TEST(ExpectEachAtMost, NamesTheWorstInputAndShowsAll) {
  const std::vector<CountOn> fine = {{"ascending", {10, 94}}, {"descending", {100, 364}}};
  EXPECT_TRUE(expect_each_at_most(fine, three_a_push()));
  const std::vector<CountOn> above = {{"ascending", {10, 95}}, {"descending", {100, 900}}};
  EXPECT_NONFATAL_FAILURE(expect_each_at_most(above, three_a_push()),
                          "n pushes: descending, n = 100\n  900 relocations; at most 3 n + 64 = "
                          "364 are allowed.");
  EXPECT_NONFATAL_FAILURE(expect_each_at_most(above, three_a_push()), "9.00   <-");
  EXPECT_NONFATAL_FAILURE(expect_each_at_most({}, three_a_push()), "Nothing was counted");
}

TEST(ExpectLevel, HoldsWhereTheRatioStays) {
  Level level{.factor = 1.15,
              .f = {"n", [](double n) { return n; }},
              .what = "reads",
              .ratio = "reads / n",
              .input = "n finds",
              .why = "  It should be level."};
  EXPECT_TRUE(expect_level(std::vector<Sample>{{100, 200}, {1'000, 2'290}}, level));
  EXPECT_NONFATAL_FAILURE(expect_level(std::vector<Sample>{{100, 200}, {1'000, 2'310}}, level),
                          "reads / n: 2.00 at 100, 2.31 at 1,000: 1.16 times as many");
  EXPECT_NONFATAL_FAILURE(expect_level(std::vector<Sample>{{100, 200}}, level),
                          "Nothing was counted");
}

TEST(Table, ShowsFirstMarkedAndLast) {
  const std::string text =
      table(squares(), {"n", [](double n) { return n; }}, "steps", "steps / n", 3, "here", 5);
  EXPECT_NE(text.find("    4 "), std::string::npos) << text;
  EXPECT_NE(text.find("32            64        2.00   <- here\n"), std::string::npos) << text;
  EXPECT_NE(text.find("65,536"), std::string::npos) << text;
}

}  // namespace
