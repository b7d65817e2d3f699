// Linear programs with known answers, and generators of more.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "simplex.hpp"

namespace kit::programs {

struct Program {
  std::string name;
  Lp lp;
  LpStatus status = LpStatus::optimal;
  double optimum = 0;  // where the status is optimal
};

/// The first with the given rows: coefficients, then the right-hand side.
Program program(const std::string& name, const std::vector<double>& c,
                const std::vector<std::vector<double>>& rows, LpStatus status, double optimum = 0);

std::vector<Program> textbook();
std::vector<Program> negative_right_hand_sides();
std::vector<Program> infeasible();
std::vector<Program> unbounded();
std::vector<Program> no_rows_or_columns();
std::vector<Program> large_and_small();

/// Beale's and Chvatal's examples, on which Dantzig's rule goes round in circles, with rows and
/// columns in all orders: 144 of each.
std::vector<Program> cycling();

/// Klee and Minty's cube of n dimensions, bent so that Dantzig's rule visits all 2^n vertices.
Program klee_minty(std::size_t n);

/// One of four kinds, 1 to 30 rows and columns; any status.
Lp random_program(std::uint64_t seed);

/// Relaxed assignment of n to n: the sums of rows and columns are `coefficient` each, as pairs of
/// inequalities. Degenerate at every vertex; feasible and bounded.
Lp assignment(std::size_t n, double coefficient, std::uint64_t seed);

/// 15 rows of multiples of `unit`, and 20 more that are sums and multiples of those.
Lp redundant(double unit, std::uint64_t seed);

/// Every coefficient between 1 and 100; feasible and bounded.
Lp dense(std::size_t rows, std::size_t cols, std::uint64_t seed);

}  // namespace kit::programs
