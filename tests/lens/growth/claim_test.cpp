// The spellings that are read alike, those that are refused, and the file they stand in.
#include "lens/growth/claim.hpp"

#include <gtest/gtest.h>

#include "lens/growth/claims_file.hpp"

namespace {

using namespace kit::lens;

const std::vector<std::string> kN = {"n"}, kKNM = {"k", "n", "m"};

std::string reads(std::string_view text, const std::vector<std::string>& variables = kN) {
  const ClaimOrError read = read_claim(text, variables);
  return read.claim ? read.claim->text() : "error: " + read.error;
}

TEST(Claim, ReadsEverySpellingAlike) {
  for (const char* text :
       {"n log n", "nlogn", "n*lg(n)", "O(n log2 n)", "O( N LOG N )", "Theta(n ln n)", "Θ(n·log n)",
        "n * log_2(n)", "log n * n", "(n)(log n)"}) {
    EXPECT_EQ(reads(text), "n log n") << text;
  }
  for (const char* text : {"n²", "n^2", "n*n", "n n", "O(n^2)", "n × n"})
    EXPECT_EQ(reads(text), "n^2") << text;
  for (const char* text : {"1", "constant", "O(1)", "Constant", "theta(1)"})
    EXPECT_EQ(reads(text), "1") << text;
  for (const char* text : {"2^n", "1.618^n", "phi^n", "φ^n", "exponential", "c^n", "O(2^n)"}) {
    EXPECT_EQ(reads(text), "c^n") << text;
  }
  for (const char* text :
       {"n log log n", "nloglogn", "n log(log n)", "n lg lg n", "n*log(log(n))"}) {
    EXPECT_EQ(reads(text), "n log log n") << text;
  }
  for (const char* text : {"alpha n", "alpha(n)", "O(α(n))"})
    EXPECT_EQ(reads(text), "alpha n") << text;
  EXPECT_EQ(reads("sqrt n"), "sqrt n");
  EXPECT_EQ(reads("sqrt(n)"), "sqrt n");
  EXPECT_EQ(reads("√n"), "sqrt n");
  EXPECT_EQ(reads("n^0.5"), "sqrt n");
  EXPECT_EQ(reads("log n"), "log n");
  EXPECT_EQ(reads("n^1.5"), "n^1.5");
  EXPECT_EQ(reads("n sqrt n"), "n^1.5");
  EXPECT_EQ(reads("n³"), "n^3");
  EXPECT_EQ(reads("n^2 log n"), "n^2 log n");
  EXPECT_EQ(reads("log^2 n"), "log^2 n");
}

TEST(Claim, ReadsSeveralVariables) {
  EXPECT_EQ(reads("k log n", kKNM), "k log n");
  EXPECT_EQ(reads("O(k*lg(n))", kKNM), "k log n");
  EXPECT_EQ(reads("n + m", kKNM), "n + m");
  EXPECT_EQ(reads("nm", kKNM), reads("m*n", kKNM));
  EXPECT_EQ(reads("k(n+m)", kKNM), "k n + k m");
}

TEST(Claim, RefusesConstantsAndLowerTermsWithAHint) {
  EXPECT_EQ(reads("3n + 2"), "error: write the class, n");
  EXPECT_EQ(reads("n^2/2"), "error: write the class, n^2");
  EXPECT_EQ(reads("2n"), "error: write the class, n");
  EXPECT_EQ(reads("n + 1"), "error: write the class, n");
  EXPECT_EQ(reads("n - 1"), "error: write the class, n");
  EXPECT_EQ(reads("n(n-1)/2"), "error: write the class, n^2");
  EXPECT_EQ(reads("n^2 + n log n"), "error: write the class, n^2");
  EXPECT_EQ(reads("5"), "error: write the class, 1");
  EXPECT_EQ(reads("n + m + k m", kKNM), "error: write the class, n + k m");
}

TEST(Claim, RefusesWhatItCantRead) {
  for (const char* text : {"m", "n!", "n^", "n^n", "log", "n log", "(n", "n)", "n^x", "fast", "n/m",
                           "n,", "+", "n +"}) {
    EXPECT_EQ(reads(text).substr(0, 6), "error:") << text;
    EXPECT_EQ(reads(text).find("write the class"), std::string::npos)
        << text << ": " << reads(text);
  }
}

Comparison comparison(const char* claim, const char* truth,
                      const std::vector<std::string>& variables = kN) {
  return compare(*read_claim(claim, variables).claim, *read_claim(truth, variables).claim,
                 variables);
}

TEST(Claim, ComparesInTheOrderOfGrowth) {
  const char* rising[] = {"1",         "log log n",   "log n",   "log^2 n", "sqrt n",
                          "n",         "n log log n", "n log n", "n^1.5",   "n^2",
                          "n^2 log n", "n^3",         "c^n"};
  for (std::size_t i = 0; i < std::size(rising); ++i) {
    for (std::size_t j = 0; j < std::size(rising); ++j) {
      const Comparison expected = i < j   ? Comparison::lower
                                  : i > j ? Comparison::higher
                                          : Comparison::same;
      EXPECT_EQ(comparison(rising[i], rising[j]), expected) << rising[i] << " to " << rising[j];
    }
  }
  EXPECT_EQ(comparison("n", "k log n", kKNM), Comparison::neither);
  EXPECT_EQ(comparison("n m", "n + m", kKNM), Comparison::higher);
  EXPECT_EQ(comparison("k log n", "k log n", kKNM), Comparison::same);
}

const AskedClaims kAsked = {{"push", {"worst time", "amortised time"}},
                            {"pop", {"amortised time"}}};

TEST(ClaimsFile, ReadsSectionsKeysCommentsAndWhy) {
  const ClaimsFile file = read_claims(
      "# about\n\n[push]   # n = elements\nworst time: O(n)  # the dearest\namortised time:\nwhy: "
      "because: it is\n"
      "  so, amortised time: n\n[pop]\r\n  amortised time : 1\r\n",
      kAsked);
  EXPECT_TRUE(file.errors.empty()) << file.errors.front();
  ASSERT_EQ(file.claims.size(), 3U);
  EXPECT_EQ(file.find("push", "worst time")->value, "O(n)");
  EXPECT_EQ(file.find("push", "worst time")->line, 4);
  EXPECT_EQ(file.find("push", "amortised time")->value, "");
  EXPECT_EQ(file.find("pop", "amortised time")->value, "1");
  EXPECT_EQ(file.find("pop", "worst time"), nullptr);
}

std::string only_error(std::string_view text) {
  const ClaimsFile file = read_claims(text, kAsked);
  return file.errors.size() == 1 ? file.errors[0] : std::to_string(file.errors.size()) + " errors";
}

TEST(ClaimsFile, EachErrorNamesItsLine) {
  EXPECT_EQ(only_error("\n[peek]\nworst time: n\n"),
            "claims.txt:2: there is no section [peek]; sections here: pop, push");
  EXPECT_EQ(only_error("[push]\n[pop]\n[push]\n"),
            "claims.txt:3: section [push] stands here twice");
  EXPECT_EQ(
      only_error("[push]\nbest time: 1\n"),
      "claims.txt:2: [push] has no \"best time\"; keys here: amortised time, worst time, why");
  EXPECT_EQ(only_error("[push]\nworst time: 1\nworst time: n\n"),
            "claims.txt:3: \"worst time\" of [push] stands here twice");
  EXPECT_EQ(only_error("[push]\nworst time n\n"),
            "claims.txt:2: expected \"key: value\", read \"worst time n\"");
  EXPECT_EQ(only_error("worst time: n\n"),
            "claims.txt:1: \"worst time\" stands before the first section");
  EXPECT_EQ(only_error("[push\n"),
            "claims.txt:1: \"[push\" is no section: its bracket is not closed");
}

}  // namespace
