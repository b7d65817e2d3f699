// The rubric: each level of each dimension, the suggestions, and the range.
#include "grader/rubric.hpp"

#include <gtest/gtest.h>

#include "grader/code_measure.hpp"

namespace {

using kit::CleanState;
using kit::RubricFacts;

// A solid, unremarkable interview: every test changes one thing.
RubricFacts solid() {
  RubricFacts facts;
  facts.criteria = {{"Correct", {9, 9}}, {"Robust", {4, 4}}, {"Cost", {3, 3}}};
  facts.example_runs = 4;
  facts.limit_ratio = 1.0;
  facts.reference_ratio = 1.0;
  facts.said = {{"cost", {6, 8}}, {"design", {4, 8}}};
  facts.code = {0, 24, 2, 1.2};
  facts.changing_questions = 5;
  facts.asked_unprompted = 4;
  facts.asked_before_first_save = true;
  facts.passed_all = true;
  facts.used_minutes = 38;
  facts.first_pass_minute = 20;
  facts.due_minute = 25;
  facts.correct_in_time = true;
  return facts;
}

TEST(Correctness, FourTakesTwoRunsAndNoNudge) {
  RubricFacts facts = solid();
  EXPECT_EQ(kit::correctness_mark(facts).level, 3);
  facts.example_runs = 2;
  EXPECT_EQ(kit::correctness_mark(facts).level, 4);
  facts.nudges["correctness"] = 1;
  EXPECT_EQ(kit::correctness_mark(facts).level, 3);
  facts.nudges["correctness"] = 4;  // never below 2 for a nudge
  EXPECT_EQ(kit::correctness_mark(facts).level, 2);
}

TEST(Correctness, TwoTakesSevenTenthsAndPassedExamples) {
  RubricFacts facts = solid();
  facts.criteria["Correct"] = {7, 10};
  EXPECT_EQ(kit::correctness_mark(facts).level, 2);
  facts.example_runs = 0;
  EXPECT_EQ(kit::correctness_mark(facts).level, 1);
  facts.example_runs = 1;
  facts.criteria["Correct"] = {6, 10};
  EXPECT_EQ(kit::correctness_mark(facts).level, 1);
}

TEST(Correctness, WhatDoesNotCompileIsNotShown) {
  RubricFacts facts = solid();
  facts.compiles = false;
  EXPECT_EQ(kit::correctness_mark(facts).level, 1);
  EXPECT_EQ(kit::robustness_mark(facts).level, 1);
  EXPECT_EQ(kit::cost_mark(facts).level, 1);
}

TEST(Robustness, ByFaultsSanitizersAndNudges) {
  RubricFacts facts = solid();
  EXPECT_EQ(kit::robustness_mark(facts).level, 4);
  facts.nudges["robustness"] = 1;
  EXPECT_EQ(kit::robustness_mark(facts).level, 3);
  facts = solid();
  facts.clean = CleanState::leak;
  EXPECT_EQ(kit::robustness_mark(facts).level, 3);
  facts.clean = CleanState::error;
  EXPECT_EQ(kit::robustness_mark(facts).level, 2);
  facts = solid();
  facts.criteria["Robust"] = {8, 10};
  EXPECT_EQ(kit::robustness_mark(facts).level, 3);
  facts.clean = CleanState::leak;
  EXPECT_EQ(kit::robustness_mark(facts).level, 2);
  facts.criteria["Robust"] = {4, 10};
  EXPECT_EQ(kit::robustness_mark(facts).level, 1);
}

TEST(Robustness, WithoutTheCriterionTheSanitizersDecide) {
  RubricFacts facts = solid();
  facts.criteria.erase("Robust");
  EXPECT_EQ(kit::robustness_mark(facts).level, 3);
  EXPECT_NE(kit::robustness_mark(facts).reason.find("sanitizers alone"), std::string::npos);
  facts.clean = CleanState::leak;
  EXPECT_EQ(kit::robustness_mark(facts).level, 2);
  facts.clean = CleanState::error;
  EXPECT_EQ(kit::robustness_mark(facts).level, 1);
}

TEST(Cost, AgainstTheBoundAndTheReference) {
  RubricFacts facts = solid();
  EXPECT_EQ(kit::cost_mark(facts).level, 4);
  facts.reference_ratio = 1.2;
  EXPECT_EQ(kit::cost_mark(facts).level, 3);
  facts.criteria["Cost"] = {2, 3};
  facts.limit_ratio = 1.9;
  EXPECT_EQ(kit::cost_mark(facts).level, 2);
  facts.limit_ratio = 8.5;
  EXPECT_EQ(kit::cost_mark(facts).level, 1);
  facts.limit_ratio.reset();  // what it costs was never seen
  EXPECT_EQ(kit::cost_mark(facts).level, 1);
}

TEST(Cost, WhatWasSaidIsACeiling) {
  RubricFacts facts = solid();
  facts.said["cost"] = {3, 10};
  EXPECT_EQ(kit::cost_mark(facts).level, 3);
  facts.said["cost"] = {2, 10};
  EXPECT_EQ(kit::cost_mark(facts).level, 2);
  facts = solid();
  facts.nudges["cost"] = 1;
  EXPECT_EQ(kit::cost_mark(facts).level, 3);
  facts.nudges["cost"] = 3;
  EXPECT_EQ(kit::cost_mark(facts).level, 2);
  facts = solid();
  facts.criteria.erase("Cost");
  EXPECT_EQ(kit::cost_mark(facts).level, 3);
}

TEST(Code, LosesOneForEach) {
  RubricFacts facts = solid();
  EXPECT_EQ(kit::code_mark(facts).level, 4);
  facts.code.warnings = 3;
  EXPECT_EQ(kit::code_mark(facts).level, 3);
  facts.code.longest = 61;
  facts.code.depth = 5;  // one together
  EXPECT_EQ(kit::code_mark(facts).level, 2);
  facts.code.lines_ratio = 2.6;
  facts.clean = CleanState::error;
  EXPECT_EQ(kit::code_mark(facts).level, 1);
}

TEST(Rubric, WhatCouldNotBeGradedIsNotMeasured) {
  RubricFacts facts = solid();
  facts.graded = false;
  EXPECT_FALSE(kit::correctness_mark(facts).level);
  EXPECT_FALSE(kit::code_mark(facts).level);
  // Its weight is dropped.
  const auto result = kit::recommend_coding({3, std::nullopt, 3, 3, 3, 3});
  EXPECT_DOUBLE_EQ(result.mid, 3.0);
}

TEST(Communication, SuggestionFromWhatWasAskedAndSaid) {
  RubricFacts facts = solid();
  EXPECT_EQ(kit::communication_suggestion(facts).level, 4);
  facts.said["design"] = {0, 8};
  EXPECT_EQ(kit::communication_suggestion(facts).level, 3);
  facts.asked_unprompted = 2;
  EXPECT_EQ(kit::communication_suggestion(facts).level, 2);
  facts.asked_before_first_save = false;
  EXPECT_EQ(kit::communication_suggestion(facts).level, 1);
}

TEST(Pace, SuggestionFromTheClock) {
  RubricFacts facts = solid();
  EXPECT_EQ(kit::pace_suggestion(facts).level, 4);
  facts.first_pass_minute = 30;  // after the plan's row
  EXPECT_EQ(kit::pace_suggestion(facts).level, 3);
  facts.correct_in_time = false;
  EXPECT_EQ(kit::pace_suggestion(facts).level, 2);
  facts.first_pass_minute.reset();
  EXPECT_EQ(kit::pace_suggestion(facts).level, 1);
  facts = solid();
  facts.over_time = true;
  EXPECT_EQ(kit::pace_suggestion(facts).level, 2);
}

struct Vector {
  std::array<std::optional<int>, 6> marks;
  double low, mid, high;
  const char* shown;
};

TEST(Recommendation, IsARange) {
  const Vector all[] = {
      {{4, 4, 4, 4, 4, 4}, 3.73, 4.00, 4.00, "between yes and strong yes, nearer strong yes"},
      {{3, 3, 3, 3, 3, 3}, 2.73, 3.00, 3.27, "between yes and strong yes, nearer yes"},
      {{4, 2, 3, 3, 3, 2}, 2.73, 3.00, 3.27, "between no and yes, nearer yes (gate: robustness 2)"},
      {{4, 4, 2, 4, 2, 3}, 2.91, 3.18, 3.45, "between no and yes, nearer yes (gate: cost 2)"},
      {{2, 2, 1, 2, 3, 2}, 1.73, 2.00, 2.27, "between strong no and no, nearer no"},
      {{1, 3, 3, 3, 3, 3},
       2.18,
       2.45,
       2.73,
       "between strong no and no, nearer no (gate: correctness 1)"},
      {{1, 1, 1, 1, 2, 1}, 1.00, 1.18, 1.45, "strong no"},
  };
  for (const Vector& one : all) {
    const auto result = kit::recommend_coding(one.marks);
    EXPECT_NEAR(result.low, one.low, 0.005) << one.shown;
    EXPECT_NEAR(result.mid, one.mid, 0.005) << one.shown;
    EXPECT_NEAR(result.high, one.high, 0.005) << one.shown;
    EXPECT_EQ(result.sentence(), one.shown);
  }
}

TEST(CodeMeasure, CountsLinesFunctionsAndBlocks) {
  const auto measure = kit::measure_code(
      "#include <vector>\n"
      "// a comment with {\n"
      "namespace kit {\n"
      "\n"
      "struct Pair { int a = 0; };\n"
      "int sum(const std::vector<int>& all) {\n"
      "  int result = 0; /* { */\n"
      "  const char* text = \"{{\";\n"
      "  for (int one : all) {\n"
      "    if (one > 0) {\n"
      "      result += one;\n"
      "    }\n"
      "  }\n"
      "  const Pair pair = {1};\n"
      "  return result + pair.a;\n"
      "}\n"
      "}\n");
  EXPECT_EQ(measure.lines, 15);
  EXPECT_EQ(measure.longest, 11);
  EXPECT_EQ(measure.depth, 2);
}

TEST(CodeMeasure, SeesConstructorsAndLambdas) {
  const auto measure = kit::measure_code(
      "class A {\n public:\n  A(int n) : n_(n) {\n    go();\n  }\n"
      "  void go() const noexcept {\n    auto f = [&](int x) {\n      while (x) { --x; }\n    };\n "
      "   f(1);\n  }\n};\n");
  EXPECT_EQ(measure.longest, 6);
  EXPECT_EQ(measure.depth, 2);
}

}  // namespace
