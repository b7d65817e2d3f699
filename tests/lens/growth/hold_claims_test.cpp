// Claims against planted costs: which are objected to, on which side, and in which words.
#include "lens/growth/hold_claims.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <sstream>

namespace {

using namespace kit::lens;

Ladders counts(double (*f)(double)) {
  return count_on_ladders([f](std::uint64_t n) { return std::floor(f(static_cast<double>(n))); });
}
double n_log_n(double n) {
  return n * std::log2(n);
}
double linear(double n) {
  return 2 * n + 7;
}
double n_log_log_n(double n) {
  return n * std::log2(std::log2(n));
}

ClaimTruth sorting(double (*counted)(double) = n_log_n, const char* truth = "n log n") {
  return {.section = "sort",
          .key = "time",
          .truth = truth,
          .counted = "comparisons on n random numbers",
          .column = "comparisons",
          .hint = "How deep is the recursion?",
          .meter = counts(counted)};
}

std::vector<Objection> judged(const std::string& claim, const ClaimTruth& truth) {
  return judge_claims("[sort]  # n = numbers\n\ntime: " + claim + "\nwhy: so\n", {truth});
}

std::string first_line(const std::string& claim, const ClaimTruth& truth) {
  const auto objections = judged(claim, truth);
  return objections.empty() ? "" : objections[0].input;
}

TEST(HoldClaims, ARightClaimHolds) {
  EXPECT_TRUE(judged("n log n", sorting()).empty());
  EXPECT_TRUE(judged("O(n lg n)", sorting()).empty());
}

TEST(HoldClaims, AWrongOneIsTooLowOrTooHigh) {
  EXPECT_EQ(first_line("n", sorting()), "claims.txt:3  [sort] time: n   is too low");
  EXPECT_EQ(first_line("n^2", sorting()), "claims.txt:3  [sort] time: n^2   is too high");
}

TEST(HoldClaims, AnEmptyOrMissingAnswerIsNotAnswered) {
  EXPECT_EQ(first_line("", sorting()), "claims.txt:3  [sort] time:   is not answered");
  const auto missing = judge_claims("", {sorting()});
  ASSERT_EQ(missing.size(), 1U);
  EXPECT_EQ(missing[0].input, "claims.txt  [sort] time:   is not answered");
}

TEST(HoldClaims, AnUnreadableOneSaysWhatToWrite) {
  const auto objections = judged("3n + 2", sorting());
  ASSERT_EQ(objections.size(), 1U);
  EXPECT_EQ(objections[0].story, "  write the class, n");
}

TEST(HoldClaims, TheStoryShowsTheTableAndNotTheAnswer) {
  const auto objections = judged("n^2", sorting());
  ASSERT_EQ(objections.size(), 1U);
  const std::string& story = objections[0].story;
  EXPECT_EQ(story.find("n log n"), std::string::npos) << story;
  EXPECT_NE(story.find("comparisons / (n^2)"), std::string::npos) << story;
  EXPECT_NE(story.find("A Theta would level out; this falls towards 0."), std::string::npos)
      << story;
  EXPECT_NE(story.find("How deep is the recursion?"), std::string::npos) << story;
  std::istringstream lines(story);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 76U) << line;
}

TEST(HoldClaims, CodeThatBreaksTheContractIsSaidToBe) {
  const ClaimTruth quick_code = sorting(linear);  // the contract's cost is n log n, the code's n
  for (const char* claim : {"n", "n log n"}) {
    const auto objections = judged(claim, quick_code);
    ASSERT_EQ(objections.size(), 1U) << claim;
    EXPECT_NE(objections[0].story.find("doesn't do what the contract asks"), std::string::npos)
        << objections[0].story;
  }
}

TEST(HoldClaims, BeyondTheLensTheProofDecides) {
  const ClaimTruth sieve = sorting(n_log_log_n, "n log log n");
  EXPECT_TRUE(judged("n log log n", sieve).empty());
  EXPECT_EQ(first_line("n log n", sieve), "claims.txt:3  [sort] time: n log n   is too high");
  EXPECT_EQ(first_line("n", sieve), "claims.txt:3  [sort] time: n   is too low");
}

TEST(HoldClaims, TotalsAreHeldAgainstOneOperation) {
  ClaimTruth pops = sorting();
  pops.truth = "1";
  pops.meter = TotalsOfOperations{counts(linear)};
  EXPECT_TRUE(judged("1", pops).empty());
  EXPECT_EQ(first_line("log n", pops), "claims.txt:3  [sort] time: log n   is too high");
}

TEST(HoldClaims, AmortisedCostsAreLevelOrNot) {
  AmortisedCost level, rising;
  for (std::uint64_t m = 1; m <= 65'536; ++m) {
    level.after_operation(3 * m);
    rising.after_operation(m * m / 2'000);
  }
  ClaimTruth push = sorting();
  push.truth = "1";
  push.meter = level;
  EXPECT_TRUE(judged("1", push).empty());
  EXPECT_EQ(first_line("n", push), "claims.txt:3  [sort] time: n   is too high");
  push.meter = rising;
  EXPECT_EQ(first_line("1", push), "claims.txt:3  [sort] time: 1   is too low");
  EXPECT_EQ(first_line("n", push), "claims.txt:3  [sort] time: n   is too high");
}

TEST(HoldClaims, ExponentialCosts) {
  ClaimTruth rabbits = sorting();
  rabbits.truth = "c^n";
  rabbits.meter = ExponentialLadder{count_on_exponential_ladder(
      [](std::uint64_t n) { return std::floor(std::pow(1.618, static_cast<double>(n))); })};
  EXPECT_TRUE(judged("2^n", rabbits).empty());
  EXPECT_EQ(first_line("n^2", rabbits), "claims.txt:3  [sort] time: n^2   is too low");
}

ClaimTruth searching(double (*counted)(double n, double k)) {
  ClaimTruth search = sorting();
  search.variables = {"n", "k"};
  search.truth = "k log n";
  search.meter =
      count_in_two("n", "k",
                   [=](std::uint64_t n, std::uint64_t k) {
                     return std::floor(counted(static_cast<double>(n), static_cast<double>(k)));
                   },
                   {.fixed_y = 64, .fixed_x = 1024, .together = LadderLimits{}});
  return search;
}
double k_log_n(double n, double k) {
  return k * (std::floor(std::log2(n)) + 1);
}

TEST(HoldClaims, TwoVariablesAreHeldAlongEachAndAlongBoth) {
  EXPECT_TRUE(judged("k log n", searching(k_log_n)).empty());
  EXPECT_TRUE(judged("O(log n * k)", searching(k_log_n)).empty());
  struct Wrong {
    const char* claim;
    const char* says;
    const char* where;
  };
  const Wrong wrong[] = {{"log n", "too low", "n = 1024"},
                         {"k", "too low", "k = 64"},
                         {"n log k", "too high", "k = 64"},
                         {"k n", "too high", "k = 64"},
                         {"k^2 log n", "too high", "n = 1024"}};
  for (const Wrong& each : wrong) {
    const auto objections = judged(each.claim, searching(k_log_n));
    ASSERT_EQ(objections.size(), 1U) << each.claim;
    EXPECT_NE(objections[0].input.find(each.says), std::string::npos) << objections[0].input;
    EXPECT_NE(objections[0].story.find(each.where), std::string::npos) << objections[0].story;
  }
}

// The proof and the ladders are asked apart: code that costs more is seen in the direction in which
// it does.
TEST(HoldClaims, TwoVariablesSeeWhereTheCodeCostsMore) {
  const auto objections =
      judged("k log n", searching([](double n, double k) { return k * std::floor(n / 2); }));
  ASSERT_EQ(objections.size(), 1U);
  EXPECT_NE(objections[0].story.find("keeps rising"), std::string::npos) << objections[0].story;
  EXPECT_NE(objections[0].story.find("comparisons / (log n)"), std::string::npos)
      << objections[0].story;
  EXPECT_NE(objections[0].story.find("k = 64"), std::string::npos) << objections[0].story;
}

TEST(HoldClaims, OtherRightAnswersHoldToo) {
  AmortisedCost level;
  for (std::uint64_t m = 1; m <= 65'536; ++m) level.after_operation(2 * m);
  ClaimTruth find = sorting();
  find.truth = "alpha n";
  find.also = {"1"};
  find.meter = level;
  EXPECT_TRUE(judged("alpha(n)", find).empty());
  EXPECT_TRUE(judged("1", find).empty());
  EXPECT_EQ(first_line("log n", find), "claims.txt:3  [sort] time: log n   is too high");
}

TEST(HoldClaims, SectionsAreJudgedApartAndTheFileByItself) {
  const AskedClaims asked = {{"sort", {"time"}}, {"other", {"space", "time"}}};
  const std::string text = "[sort]\ntime: n\n[other]\nspace:\nspeed: 1\n";
  const auto of_sort = judge_some_claims(text, {sorting()}, asked);
  ASSERT_EQ(of_sort.size(), 1U);
  EXPECT_EQ(of_sort[0].input, "claims.txt:2  [sort] time: n   is too low");
  const auto answers = judge_answers(text, asked);
  ASSERT_EQ(answers.size(), 3U);
  EXPECT_EQ(answers[0].input,
            "claims.txt:5: [other] has no \"speed\"; keys here: space, time, why");
  EXPECT_EQ(answers[1].input, "claims.txt:4  [other] space:   is not answered");
  EXPECT_EQ(answers[2].input, "claims.txt  [other] time:   is not answered");
}

TEST(HoldClaims, AnErrorOfTheFileIsOneObjectionAndTheRestIsJudged) {
  const auto objections = judge_claims("[sort]\ntime: n^2\nspeed: 1\n", {sorting()});
  ASSERT_EQ(objections.size(), 2U);
  EXPECT_EQ(objections[0].input, "claims.txt:3: [sort] has no \"speed\"; keys here: time, why");
  EXPECT_EQ(objections[1].input, "claims.txt:2  [sort] time: n^2   is too high");
}

}  // namespace
