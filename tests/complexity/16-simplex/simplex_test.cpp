// solve() on programs with known answers and on random ones. No answer is compared with another's: each
// carries its proof, which is checked by multiplying.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "complexity/16-simplex/certificate.hpp"
#include "complexity/16-simplex/programs.hpp"
#include "harness/report.hpp"
#include "lens/growth/allocations.hpp"

namespace {

using namespace kit;
using namespace kit::programs;
using certificate::decimal;
using certificate::name_of;
using harness::fail;
using harness::number;

std::string size_of(const Lp& lp) {
  return number(static_cast<std::int64_t>(lp.rows)) + " x " +
         number(static_cast<std::int64_t>(lp.cols));
}

// The program itself, where it fits on the screen.
std::string shown(const Lp& lp) {
  if (lp.rows > 5 || lp.cols > 4) return "";
  std::string text = "  maximise  ";
  for (std::size_t j = 0; j < lp.cols; ++j) text += (j == 0 ? "" : ", ") + decimal(lp.c[j]);
  for (std::size_t i = 0; i < lp.rows; ++i) {
    text += i == 0 ? "\n  rows      " : "\n            ";
    for (std::size_t j = 0; j < lp.cols; ++j)
      text += decimal(lp.a[i * lp.cols + j]) + (j + 1 < lp.cols ? ", " : "");
    text += "  <= " + decimal(lp.b[i]);
  }
  return text + "\n\n";
}

const char* hint_for(LpStatus status) {
  switch (status) {
    case LpStatus::optimal:
      return "  The dual values stand in the objective's row under the slacks; they prove the\n"
             "  optimum: c x <= (A'y) x = y (A x) <= y b for every feasible x.";
    case LpStatus::infeasible:
      return "  The proof is a y >= 0 that adds the rows up to 0 x <= something below 0. It\n"
             "  stands in the objective's row of the first phase, under the slacks.";
    case LpStatus::unbounded:
      return "  Where no row limits the entering variable: raise it by 1. By how much does each\n"
             "  basic variable move? That is the ray; x is where you stand.";
  }
  return "";
}

LpResult solved(const std::string& name, const Lp& lp) {
  harness::doing(name);
  return solve(lp);
}

bool expect_proven(const std::string& name, const Lp& lp, const LpResult& answer) {
  const std::string refuted = certificate::refuted(lp, answer);
  if (refuted.empty()) return true;
  fail(name + ", " + size_of(lp), shown(lp) + "  It says: " + name_of(answer.status) + ". But " +
                                      refuted + ".\n\n" + hint_for(answer.status));
  return false;
}

// With the known answer, since a proof may be short of digits and a wrong status may not.
bool expect_answer(const Program& p) {
  const LpResult answer = solved(p.name, p.lp);
  const bool same_optimum = p.status != LpStatus::optimal ||
                            std::abs(answer.objective - p.optimum) <=
                                1e-9 * std::abs(p.optimum) + (p.optimum == 0 ? 1e-12 : 0);
  if (answer.status == p.status && same_optimum) return expect_proven(p.name, p.lp, answer);
  std::string expected = name_of(p.status), seen = name_of(answer.status);
  if (p.status == LpStatus::optimal) expected += ", " + decimal(p.optimum);
  if (answer.status == LpStatus::optimal) seen += ", " + decimal(answer.objective);
  const std::string refuted = certificate::refuted(p.lp, answer);
  fail(p.name + ", " + size_of(p.lp), shown(p.lp) + "  expected   " + expected + "\n  seen       " +
                                          seen + (refuted.empty() ? "" : "; " + refuted) + "\n\n" +
                                          hint_for(p.status));
  return false;
}

void expect_answers(const std::vector<Program>& all) {
  for (const Program& each : all)
    if (!expect_answer(each)) return;
}

// ---- Correct ----

TEST(Correct, TextbookPrograms) {
  expect_answers(textbook());
}

TEST(Correct, NegativeRightHandSides) {
  expect_answers(negative_right_hand_sides());
}

TEST(Correct, RandomProgramsCarryCertificates) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Lp lp = random_program(seed);
    const std::string name = "random program, seed " + std::to_string(seed);
    if (!expect_proven(name, lp, solved(name, lp))) return;
  }
}

// ---- Robust ----

TEST(Robust, InfeasibleIsProven) {
  expect_answers(infeasible());
}

TEST(Robust, UnboundedIsProven) {
  expect_answers(unbounded());
}

TEST(Robust, NoRowsNoColumns) {
  expect_answers(no_rows_or_columns());
}

TEST(Robust, LargeAndSmallNumbers) {
  expect_answers(large_and_small());
}

TEST(Robust, TenthsAndThirds) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const std::string of = ", seed " + std::to_string(seed);
    const std::vector<Program> all = {
        {"assignment of 6 to 6 in tenths" + of, assignment(6, 0.1, seed)},
        {"assignment of 8 to 8 in thirds" + of, assignment(8, 1.0 / 3, seed)},
        {"rows of tenths, their sums and multiples" + of, redundant(0.1, seed)},
        {"rows of thirds, their sums and multiples" + of, redundant(1.0 / 3, seed)}};
    for (const Program& each : all) {
      const LpResult answer = solved(each.name, each.lp);
      if (answer.status != LpStatus::optimal) {
        fail(each.name + ", " + size_of(each.lp),
             "  expected   optimal\n  seen       " + std::string(name_of(answer.status)) +
                 "\n\n"
                 "  0.1 and 1/3 have no exact binary form, so what should be 0 is 1e-17 after a\n"
                 "  few steps. Is that number a pivot, a gain, a reason to call it infeasible?");
        return;
      }
      if (!expect_proven(each.name, each.lp, answer)) return;
    }
  }
}

TEST(Robust, BadArguments) {
  const double nan = std::nan(""), infinity = std::numeric_limits<double>::infinity();
  struct Bad {
    const char* what;
    Lp lp;
  };
  for (const Bad& each :
       {Bad{"a is too short", {2, 2, {1, 2, 3}, {1, 1}, {1, 1}}},
        Bad{"a is too long", {1, 1, {1, 2}, {1}, {1}}},
        Bad{"b is too short", {2, 1, {1, 1}, {1}, {1}}},
        Bad{"b is too long", {1, 1, {1}, {1, 2}, {1}}},
        Bad{"c is too short", {1, 2, {1, 1}, {1}, {1}}},
        Bad{"c is too long", {1, 1, {1}, {1}, {1, 1}}}, Bad{"a has a NaN", {1, 1, {nan}, {1}, {1}}},
        Bad{"b has a NaN", {1, 1, {1}, {nan}, {1}}}, Bad{"c has a NaN", {1, 1, {1}, {1}, {nan}}},
        Bad{"a is infinite", {1, 1, {infinity}, {1}, {1}}},
        Bad{"b is infinite", {1, 1, {1}, {infinity}, {1}}},
        Bad{"c is -infinite", {1, 1, {1}, {1}, {-infinity}}}}) {
    std::string seen = "an answer";
    try {
      seen = name_of(solved(each.what, each.lp).status);
    } catch (const std::invalid_argument&) {
      continue;
    }
    fail(std::string(each.what),
         "  expected   std::invalid_argument\n  seen       " + seen +
             "\n\n"
             "  NaN compares false with everything: std::isfinite tells it.");
    return;
  }
}

// ---- Cost ----

// A solver that goes round in circles is ended by the limit of time, and the report names the program.
TEST(Cost, DoesNotCycle) {
  expect_answers(cycling());
}

TEST(Cost, KleeMinty) {
  for (std::size_t n = 3; n <= 8; ++n)
    if (!expect_answer(klee_minty(n))) return;
}

TEST(Cost, DoesNotEnumerate) {
  for (const std::size_t n : {20U, 60U}) {
    const Lp lp = dense(n, n, 20260101);
    const std::string name = "a dense program";
    if (!expect_proven(name, lp, solved(name + ", " + size_of(lp), lp))) return;
  }
}

TEST(Cost, MemoryIsTheTableau) {
  for (const std::size_t n : {30U, 60U}) {
    const Lp lp = dense(n, n, 20260102);
    LpResult answer;
    std::int64_t peak = 0;
    harness::doing("a dense program, " + size_of(lp));
    {
      const lens::CountAllocations count;
      answer = solve(lp);
      peak = count.peak_bytes();
    }
    if (!expect_proven("a dense program", lp, answer)) return;
    const std::size_t tableau = (n + 2) * (2 * n + 2) * sizeof(double);
    if (!harness::expect_within(
            {.lens = "growth",
             .key = "bytes, a dense program of " + size_of(lp),
             .measured = static_cast<double>(peak),
             .limit = static_cast<double>(3 * tableau + 65536),
             .unit = "bytes"},
            "a dense program, " + size_of(lp),
            "  " + number(peak) +
                " bytes at most at a time; 3 tableaux with slacks and 64 KiB are\n  " +
                number(static_cast<std::int64_t>(3 * tableau + 65536)) +
                ".\n\n"
                "  A step needs the tableau that it changes, and none of those before it."))
      return;
  }
}

}  // namespace
