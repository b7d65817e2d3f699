// minimise() on functions with known minima: where it ends, and what it asked on the way.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "complexity/17-newton/functions.hpp"
#include "harness/report.hpp"

namespace {

using namespace kit;
using namespace kit::functions;
using harness::fail;
using harness::number;

std::string decimal(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

std::string point(const Vector& x) {
  std::string text = "(";
  for (std::size_t i = 0; i < x.size() && i < 4; ++i) text += (i == 0 ? "" : ", ") + decimal(x[i]);
  return text + (x.size() > 4 ? ", ...)" : ")");
}

const char* name_of(NewtonStatus status) {
  switch (status) {
    case NewtonStatus::converged:
      return "converged";
    case NewtonStatus::saddle:
      return "saddle";
    case NewtonStatus::stalled:
      return "stalled";
    case NewtonStatus::iteration_limit:
      return "iteration_limit";
  }
  return "no status at all";
}

// One call, and what came of it.
struct Search {
  Counted f;
  Vector start;
  double tolerance = 1e-8;
  int limit = 200;
  NewtonResult result = {};
  bool stopped = false;  // it asked for 20,000 values
  bool refused = false;  // std::invalid_argument

  std::string input() const { return f.function().name + ", from " + point(start); }
  std::string ended() const {
    if (stopped)
      return "stopped after 20,000 values, near " +
             point(f.accepted.empty() ? start : f.accepted.back());
    if (refused) return "std::invalid_argument";
    return std::string(name_of(result.status)) + " at " + point(result.x) + " after " +
           number(f.values) + " values";
  }
};

Search search(const Function& function, const Vector& start, double tolerance = 1e-8,
              int limit = 200) {
  Search made{Counted(function), start, tolerance, limit};
  harness::doing(made.input());
  try {
    made.result = minimise(made.f, start, tolerance, limit);
  } catch (const TooManyCalls&) {
    made.stopped = true;
  } catch (const std::invalid_argument&) {
    made.refused = true;
  }
  return made;
}

// What holds after every call: the result describes the point that it gives.
bool expect_told_truly(const Search& s) {
  if (s.stopped || s.refused) {
    fail(s.input(),
         "  expected   an end\n  seen       " + s.ended() +
             "\n\n"
             "  Far from a minimum the model may point uphill, or nowhere. Is each step\n"
             "  downhill, and each new value lower by a share of what was promised?");
    return false;
  }
  const NewtonResult& r = s.result;
  std::string wrong;
  if (r.x.size() != s.f.size()) {
    wrong = "  x has " + number(static_cast<std::int64_t>(r.x.size())) + " components, not " +
            number(static_cast<std::int64_t>(s.f.size()));
  } else if (const double value = s.f.value_at(r.x); r.value != value) {
    wrong = "  value is " + decimal(r.value) + "; at x it is " + decimal(value);
  } else if (const double norm = s.f.gradient_norm_at(r.x);
             !(std::abs(r.gradient_norm - norm) <= 1e-9 * norm)) {
    wrong = "  gradient_norm is " + decimal(r.gradient_norm) + "; at x the largest component is " +
            decimal(norm);
  } else if ((r.status == NewtonStatus::converged || r.status == NewtonStatus::saddle) &&
             !(norm <= s.tolerance)) {
    wrong = std::string("  ") + name_of(r.status) + ", and the gradient is " + decimal(norm) +
            "; the tolerance is " + decimal(s.tolerance);
  } else {
    return true;
  }
  fail(s.input(), wrong +
                      ".\n\n"
                      "  value, gradient_norm and status speak of the point x that is given back.\n"
                      "  A small change of the value or of x is no small gradient.");
  return false;
}

bool expect_minimum(const Search& s, double within = 1e-6) {
  if (!expect_told_truly(s)) return false;
  const double error = s.f.error_at(s.result.x);
  if (s.result.status == NewtonStatus::converged && error <= within) return true;
  fail(s.input(),
       "  expected   converged at " + point(s.f.function().minima[0]) +
           (s.f.function().minima.size() > 1 ? " or its like" : "") + "\n  seen       " +
           s.ended() + ",\n             " + decimal(error) + " away; the value there is " +
           decimal(s.result.value) +
           "\n\n"
           "  The full step solves the model, not the function. What if the value after\n"
           "  it is higher, or if the model has no minimum at all?");
  return false;
}

// A function, where to start, and the calls that are allowed.
struct Case {
  Function f;
  Vector start;
  int values, gradients, hessians;
};

std::vector<Case> cases() {
  Vector ten;
  for (int i = 0; i < 5; ++i) ten.insert(ten.end(), {-1.2, 1.0});
  return {
      {rosenbrock(2), {-1.2, 1}, 80, 60, 60},
      {rosenbrock(10), ten, 80, 60, 60},
      {beale(), {1, 1}, 30, 30, 30},
      {beale(), {4, 1}, 60, 60, 60},
      {wood(), {-3, -1, -3, -1}, 250, 150, 150},
      {log_cosh(), {3, -2, 5}, 80, 30, 30},
      {double_well(), {0.1, 1}, 60, 40, 40},
      {double_well(), {0.001, 1}, 60, 40, 40},
      {quadratic(20, 1, 1e6, 1), Vector(20, 1.0), 12, 8, 8},
  };
}

Case outside_case(double outside) {
  return {barrier(outside), {0.01, 9}, 60, 40, 40};
}

// ---- Correct ----

TEST(Correct, OneStepOnABowl) {
  Function bowl = quadratic(2, 1, 4, 3);
  expect_minimum(search(bowl, {3, -2}));
}

TEST(Correct, FindsTheMinimum) {
  for (const Case& each : cases()) {
    if (!expect_minimum(search(each.f, each.start))) return;
  }
}

TEST(Correct, GradientIsAsSmallAsPromised) {
  for (const double tolerance : {1e-2, 1e-5, 1e-8, 1e-300}) {
    for (const Function& f : {rosenbrock(2), log_cosh(), double_well()}) {
      const Vector start = f.size == 3 ? Vector{3, -2, 5} : Vector{-1.2, 1};
      const Search s = search(f, start, tolerance);
      if (!expect_told_truly(s)) return;
      if (tolerance < 1e-12) continue;  // rounding may not let it get there
      if (s.result.status == NewtonStatus::converged) continue;
      fail(s.input() + ", tolerance " + decimal(tolerance),
           "  expected   converged\n  seen       " + s.ended() + ",\n             gradient " +
               decimal(s.result.gradient_norm) +
               "\n\n"
               "  Near a minimum the gain of a step drowns in the rounding of the value long\n"
               "  before the gradient is as small as it can be.");
      return;
    }
  }
}

TEST(Correct, NeverRises) {
  for (const Case& each : cases()) {
    const Search s = search(each.f, each.start);
    if (!expect_told_truly(s)) return;
    for (std::size_t i = 1; i < s.f.accepted.size(); ++i) {
      const double before = s.f.value_at(s.f.accepted[i - 1]), now = s.f.value_at(s.f.accepted[i]);
      if (now <= before + 1e-12 * std::abs(before)) continue;
      fail(s.input(), "  point " + number(static_cast<std::int64_t>(i)) + " is " +
                          point(s.f.accepted[i]) + ", of value " + decimal(now) +
                          ";\n  the one before was " + point(s.f.accepted[i - 1]) + ", of value " +
                          decimal(before) +
                          "\n\n"
                          "  Where a gradient is asked a step was accepted, and no step may be\n"
                          "  accepted that raises the value.");
      return;
    }
    if (s.f.accepted.empty() || s.f.accepted.back() != s.result.x ||
        s.result.iterations + 1 != static_cast<int>(s.f.accepted.size())) {
      fail(s.input(),
           "  " + number(static_cast<std::int64_t>(s.f.accepted.size())) +
               " points had their gradient asked; iterations is " + number(s.result.iterations) +
               ", and x is\n  " + point(s.result.x) +
               ".\n\n"
               "  The start and the point after each step are asked for a gradient, once,\n"
               "  and nothing else is; the last one is x.");
      return;
    }
    if (s.f.elsewhere) {
      fail(s.input(), "  A Hessian was asked at a point that wasn't the last accepted one.");
      return;
    }
  }
}

// ---- Robust ----

TEST(Robust, LeavesIndefiniteRegions) {
  for (const Vector& start :
       {Vector{0.1, 1}, Vector{0.001, 1}, Vector{-0.2, -3}, Vector{1e-6, 0}}) {
    const Search s = search(double_well(), start);
    if (!expect_minimum(s)) return;
  }
}

TEST(Robust, ToleratesNaNOutsideTheDomain) {
  const double infinity = std::numeric_limits<double>::infinity();
  for (const double outside : {std::nan(""), infinity, -infinity}) {
    const Case each = outside_case(outside);
    const Search s = search(each.f, each.start);
    const std::string input = s.input() + "; the value outside is " + decimal(outside);
    if (s.f.outside) {
      fail(input,
           "  A gradient or a Hessian was asked where the value is not finite.\n\n"
           "  Such a point is outside the domain and must not be accepted. NaN compares\n"
           "  false with everything, and -infinity is lower than everything.");
      return;
    }
    if (!expect_minimum(s)) return;
  }
}

TEST(Robust, DoesNotCallASaddleAMinimum) {
  for (const Vector& start : {Vector{0, 1}, Vector{0, 0}, Vector{-0.0, 5}}) {
    const Search s = search(double_well(), start);
    if (!expect_told_truly(s)) return;
    if (s.result.status == NewtonStatus::saddle && std::abs(s.result.x[0]) < 1e-6) continue;
    if (s.result.status == NewtonStatus::converged && s.f.error_at(s.result.x) < 1e-6) continue;
    fail(s.input(),
         "  expected   saddle at (0, 0), or converged at (+-0.7071, 0)\n  seen       " + s.ended() +
             "\n\n"
             "  At (0, 0) the gradient is 0 and the Hessian has the eigenvalue -2: it is a\n"
             "  maximum along x. Does the Hessian have a Cholesky factor there?");
    return;
  }
  // A valley's floor that is exactly level is none: its eigenvalue is 0.
  const Search level = search(fourth_power(), {0});
  if (!expect_told_truly(level)) return;
  if (level.result.status != NewtonStatus::converged)
    fail(level.input(), "  expected   converged\n  seen       " + level.ended() +
                            "\n\n"
                            "  The curvature at 0 is 0, and so not below -1e-8 (1 + |H|).");
}

TEST(Robust, SingularHessian) {
  for (const Case& each :
       {Case{fourth_power(), {3}, 80, 60, 60}, Case{powell(), {3, -1, 0, 1}, 80, 60, 60},
        Case{bend(), {0}, 80, 60, 60}}) {
    const Search s = search(each.f, each.start);
    // A fourth power is flat: its gradient is below 1e-8 already at 1.4e-3 from the minimum.
    if (!expect_minimum(s, each.f.size == 1 && each.start[0] == 0 ? 1e-6 : 1e-2)) return;
    if (s.f.values <= each.values) continue;
    fail(s.input(),
         "  " + number(s.f.values) + " values, " + number(s.f.gradients) + " gradients; " +
             number(each.values) +
             " values are allowed.\n\n"
             "  Where the Hessian is singular the error shrinks by a third each step, no\n"
             "  faster; but it does that.");
    return;
  }
}

TEST(Robust, StartsAtTheMinimum) {
  for (const Search& s :
       {search(log_cosh(), {0, 0, 0}), search(log_cosh(), {-0.0, 0, -0.0}),
        search(rosenbrock(2), {1, 1}), search(quadratic(3, 1, 10, 5), {0, 0, 0})}) {
    if (!expect_minimum(s)) return;
    if (s.f.gradients <= 1 && s.f.hessians <= 1 && s.result.iterations == 0) continue;
    fail(s.input() + ", a minimum",
         "  expected   1 gradient, at most 1 Hessian, 0 iterations\n  seen       " +
             number(s.f.gradients) + ", " + number(s.f.hessians) + " and " +
             number(s.result.iterations) +
             "\n\n"
             "  Look at the gradient before you step.");
    return;
  }
}

TEST(Robust, IterationLimit) {
  for (const int limit : {0, 1, 3}) {
    const Search s = search(rosenbrock(2), {-1.2, 1}, 1e-8, limit);
    if (!expect_told_truly(s)) return;
    if (s.result.status == NewtonStatus::iteration_limit && s.result.iterations <= limit &&
        s.f.gradients <= limit + 1 && s.f.hessians <= limit + 1)
      continue;
    fail(s.input() + ", max_iterations = " + number(limit),
         "  expected   iteration_limit, at most " + number(limit) + " iterations and " +
             number(limit + 1) + " gradients\n  seen       " + s.ended() + ", " +
             number(s.result.iterations) + " iterations, " + number(s.f.gradients) +
             " gradients\n\n"
             "  After the last step that is allowed the gradient is looked at once more:\n"
             "  it may be small enough now. Then it ends.");
    return;
  }
  // The last step that is allowed may be the one that arrives.
  const Function bowl = quadratic(3, 1, 10, 5);
  const Search free = search(bowl, {1, 2, 3});
  if (!expect_minimum(free)) return;
  const Search just = search(bowl, {1, 2, 3}, 1e-8, free.result.iterations);
  if (just.result.status == NewtonStatus::converged) return;
  fail(just.input() + ", max_iterations = " + number(free.result.iterations),
       "  expected   converged: without a limit it takes " + number(free.result.iterations) +
           " steps\n  seen       " + just.ended() +
           "\n\n"
           "  After the last step the gradient is looked at before the limit is.");
}

TEST(Robust, BadArguments) {
  const double infinity = std::numeric_limits<double>::infinity();
  Function none = fourth_power();
  none.name = "a function of no variables";
  none.size = 0;
  none.minima = {};
  struct Bad {
    std::string what;
    Search s;
  };
  for (const Bad& each : {Bad{"the start is too short", search(rosenbrock(2), {1})},
                          Bad{"the start is too long", search(rosenbrock(2), {1, 2, 3, 4})},
                          Bad{"value(start) is NaN", search(barrier(std::nan("")), {-1, 1})},
                          Bad{"value(start) is infinite", search(barrier(infinity), {-1, 1})},
                          Bad{"value(start) is -infinity", search(barrier(-infinity), {-1, 1})},
                          Bad{"tolerance 0", search(rosenbrock(2), {0, 0}, 0)},
                          Bad{"tolerance NaN", search(rosenbrock(2), {0, 0}, std::nan(""))},
                          Bad{"max_iterations -1", search(rosenbrock(2), {0, 0}, 1e-8, -1)},
                          Bad{"size 0", search(none, {})}}) {
    if (each.s.refused) continue;
    fail(each.s.input() + ": " + each.what,
         "  expected   std::invalid_argument\n  seen       " + each.s.ended() +
             "\n\n"
             "  NaN compares false with everything: !(tolerance > 0) catches it, and\n"
             "  tolerance <= 0 does not.");
    return;
  }
}

// ---- Cost ----

bool expect_calls(const Search& s, const Case& budget) {
  struct Kind {
    const char* what;
    int seen, allowed;
  };
  for (const Kind& each : {Kind{"values", s.f.values, budget.values},
                           Kind{"gradients", s.f.gradients, budget.gradients},
                           Kind{"Hessians", s.f.hessians, budget.hessians}}) {
    if (!harness::expect_within(
            {.lens = "growth",
             .key = std::string(each.what) + ", " + s.input(),
             .measured = static_cast<double>(each.seen),
             .limit = static_cast<double>(each.allowed),
             .unit = each.what},
            s.input(),
            "  " + number(s.f.values) + " values, " + number(s.f.gradients) + " gradients, " +
                number(s.f.hessians) + " Hessians;\n  " + number(budget.values) + ", " +
                number(budget.gradients) + " and " + number(budget.hessians) +
                " are allowed.\n\n"
                "  A right method needs half of that. Is the Hessian that of the point where\n"
                "  you stand, and is the full step tried first?"))
      return false;
  }
  return true;
}

TEST(Cost, EvaluationsWithinBudget) {
  std::vector<Case> all = cases();
  all.push_back(outside_case(std::nan("")));
  for (const Case& each : all) {
    const Search s = search(each.f, each.start);
    if (!expect_minimum(s) || !expect_calls(s, each)) return;
  }
}

TEST(Cost, DigitsDouble) {
  for (const Case& each : {cases()[0], cases()[2], cases()[5], outside_case(std::nan(""))}) {
    const Search s = search(each.f, each.start);
    if (!expect_minimum(s)) return;
    // From the last entry into 1e-2 to the first point within 1e-7; else to the end.
    std::size_t near = 0, there = 0;
    std::vector<double> errors;
    for (const Vector& x : s.f.accepted) errors.push_back(s.f.error_at(x));
    while (there < errors.size() && errors[there] > 1e-7) ++there;
    for (std::size_t i = 1; i <= there && i < errors.size(); ++i) {
      if (errors[i] <= 1e-2 && errors[i - 1] > 1e-2) near = i;
    }
    std::string story = "  errors     ";
    const std::size_t last = std::min(there, errors.size() - 1);
    for (std::size_t i = near; i <= last && i < near + 12; ++i) {
      char error[20];
      std::snprintf(error, sizeof error, "%.1e", errors[i]);
      story += (i == near             ? ""
                : (i - near) % 6 == 0 ? ",\n             "
                                      : ", ") +
               std::string(error);
    }
    if (last >= near + 12) story += ", ...";
    if (!harness::expect_within(
            {.lens = "growth",
             .key = "gradients from 1e-2 to 1e-7, " + s.input(),
             .measured = static_cast<double>(there - near),
             .limit = 5,
             .unit = "gradients"},
            s.input(),
            story + "\n  " + number(static_cast<std::int64_t>(there - near)) +
                " gradients from an error of 1e-2 to 1e-7; 5 are allowed.\n\n"
                "  A Newton step squares the error: 1e-2, 1e-4, 1e-8. That needs the Hessian\n"
                "  of each point itself, nothing added to it, and the full step."))
      return;
  }
}

TEST(Cost, QuadraticInOneFactorisation) {
  for (const std::size_t n : {2U, 5U, 20U}) {
    Vector start(n);
    // At a distance of 1/2, so that no trust region is in the way.
    const double part = 0.5 / std::sqrt(static_cast<double>(n));
    for (std::size_t i = 0; i < n; ++i) start[i] = i % 2 == 0 ? part : -part;
    const Search s = search(quadratic(n, 1e-6, 1e3, n), start);
    // Along the flattest direction a gradient of 1e-8 is an error of 1e-2.
    if (!expect_minimum(s, 0.05)) return;
    if (!harness::expect_within(
            {.lens = "growth",
             .key = "Hessians, " + s.input(),
             .measured = static_cast<double>(s.f.hessians),
             .limit = 3,
             .unit = "Hessians"},
            s.input(),
            "  " + number(s.f.hessians) + " Hessians, " + number(s.f.values) +
                " values; 3 Hessians are allowed.\n\n"
                "  The model is the function here: one step arrives, up to rounding. The\n"
                "  condition is 1e9; what you solve with must not square it to 1e18."))
      return;
  }
}

}  // namespace
