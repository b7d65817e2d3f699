// Linear programs: a best solution, or a proof that there is none.
#pragma once

#include <cstddef>
#include <vector>

namespace kit {

/// Maximise c x subject to A x <= b and x >= 0.
struct Lp {
  std::size_t rows = 0, cols = 0;
  std::vector<double> a;  // A, row by row: rows * cols numbers
  std::vector<double> b;  // rows numbers, of any sign
  std::vector<double> c;  // cols numbers
};

enum class LpStatus { optimal, infeasible, unbounded };

/// The answer and its certificate: numbers from which anyone can check the answer by multiplying.
/// What the status doesn't speak of may hold anything.
struct LpResult {
  LpStatus status = LpStatus::infeasible;
  double objective = 0;   // optimal: c x
  std::vector<double> x;  // optimal: a solution, cols numbers; unbounded: a feasible point
  std::vector<double> y;  // rows numbers; optimal: the dual values; infeasible: multipliers of the
                          // rows that add them up to a contradiction
  std::vector<double> ray;  // unbounded: a direction, cols numbers, in which c x rises for ever
};

/// Solves a linear program.
///
/// REQUIRES: a.size() == rows * cols, b.size() == rows, c.size() == cols, every number finite; else
///           it throws std::invalid_argument. 0 rows and 0 columns are allowed. Numbers other than 0
///           lie between 1e-6 and 1e8 in size, those of b between 1e-6 and 1e16.
/// ENSURES:  it ends for every such input, and
///           optimal     x >= 0, A x <= b;  y >= 0, A'y >= c;  c x = b y
///           infeasible  y >= 0, A'y >= 0, b y < 0
///           unbounded   x >= 0, A x <= b;  ray >= 0, A ray <= 0, c ray > 0
///           each within 1e-7 of the numbers that are added up in it.
///           Each of these proves its status: the first by weak duality, the second by Farkas' lemma.
/// COST:     memory for a few tableaux, not one for each step. A program of 60 rows and 60 columns
///           is solved in about a hundred steps: vertices are walked along, not listed.
LpResult solve(const Lp& lp);

}  // namespace kit
