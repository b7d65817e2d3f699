// See programs.hpp.
#include "complexity/16-simplex/programs.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace kit::programs {
namespace {

constexpr auto kOptimal = LpStatus::optimal;
constexpr auto kInfeasible = LpStatus::infeasible;
constexpr auto kUnbounded = LpStatus::unbounded;

// splitmix64.
struct Random {
  std::uint64_t state;
  std::uint64_t next() {
    std::uint64_t x = state += 0x9E3779B97F4A7C15U;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9U;
    x = (x ^ x >> 27) * 0x94D049BB133111EBU;
    return x ^ x >> 31;
  }
  int whole(int from, int to) {
    return from + static_cast<int>(next() % static_cast<std::uint64_t>(to - from + 1));
  }
  double real(double from, double to) {
    return from + (to - from) * static_cast<double>(next() >> 11) / 9007199254740992.0;
  }
};

Lp empty(std::size_t rows, std::size_t cols) {
  return {rows, cols, std::vector<double>(rows * cols), std::vector<double>(rows),
          std::vector<double>(cols)};
}

}  // namespace

Program program(const std::string& name, const std::vector<double>& c,
                const std::vector<std::vector<double>>& rows, LpStatus status, double optimum) {
  Program made{name, empty(rows.size(), c.size()), status, optimum};
  made.lp.c = c;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    std::copy_n(rows[i].begin(), c.size(),
                made.lp.a.begin() + static_cast<std::ptrdiff_t>(i * c.size()));
    made.lp.b[i] = rows[i].back();
  }
  return made;
}

std::vector<Program> textbook() {
  return {
      program("two products", {3, 5}, {{1, 0, 4}, {0, 2, 12}, {3, 2, 18}}, kOptimal, 36),
      program("a degenerate vertex", {1, 1}, {{1, 0, 1}, {0, 1, 1}, {1, 1, 2}, {2, 1, 3}}, kOptimal,
              2),
      program("nothing worth making", {-1, -2}, {{1, 1, 4}}, kOptimal, 0),
      program("a row of zeros", {1}, {{0, 0}, {1, 5}}, kOptimal, 5),
      program("several optima", {1, 1}, {{1, 1, 1}, {2, 2, 2}}, kOptimal, 1),
      program("duplicate rows", {2, 1}, {{1, 1, 3}, {1, 1, 3}, {1, 1, 3}}, kOptimal, 6),
      program("a limit of 0", {1, 1}, {{1, -1, 0}, {1, 1, 4}}, kOptimal, 4),
      program("a loop that is limited", {5, 4, 3}, {{2, 3, 1, 5}, {4, 1, 2, 11}, {3, 4, 2, 8}},
              kOptimal, 13),
  };
}

std::vector<Program> negative_right_hand_sides() {
  return {
      program("at least 2 of both together", {-1, -3}, {{-1, -1, -2}}, kOptimal, -2),
      program("two equations, as pairs", {1, 2, 3},
              {{1, 1, 1, 4}, {-1, -1, -1, -4}, {1, 0, -1, 1}, {-1, 0, 1, -1}}, kOptimal, 7),
      program("lower limits that repeat", {1, 1}, {{-1, -1, -1}, {-2, -2, -2}, {1, 2, 4}}, kOptimal,
              4),
      program("no objective", {0, 0}, {{-1, -1, -1}, {1, 1, 3}}, kOptimal, 0),
      program("one equation of zeros", {1, 1},
              {{1, -1, 0}, {-1, 1, 0}, {0, 0, 0}, {-1, -1, -2}, {1, 0, 3}}, kOptimal, 6),
      program("only one point", {1, 1}, {{1, 0, 2}, {-1, 0, -2}, {0, 1, 3}, {0, -1, -3}}, kOptimal,
              5),
      program("an equation twice", {1, 2}, {{1, 1, 1}, {-1, -1, -1}, {1, 1, 1}, {-1, -1, -1}},
              kOptimal, 2),
  };
}

std::vector<Program> infeasible() {
  return {
      program("at most 1 and at least 3", {1, 1}, {{1, 1, 1}, {-1, -1, -3}}, kInfeasible),
      program("below 0", {1}, {{1, -1}}, kInfeasible),
      program("0 x <= -1", {1, 2}, {{0, 0, -1}}, kInfeasible),
      program("infeasible, else unbounded", {1, 1}, {{1, -1, -1}, {-1, 1, -1}}, kInfeasible),
      program("two equations that differ", {1, 2},
              {{1, 1, 1}, {-1, -1, -1}, {1, 1, 2}, {-1, -1, -2}}, kInfeasible),
      program("three rows against each other", {0, 0, 0},
              {{1, -1, 0, -1}, {0, 1, -1, -1}, {-1, 0, 1, -1}}, kInfeasible),
      program("no columns, b < 0", {}, {{-1}}, kInfeasible),
  };
}

std::vector<Program> unbounded() {
  return {
      program("beside a limit", {1, 1}, {{1, -1, 1}}, kUnbounded),
      program("a column of zeros", {1, 1}, {{1, 0, 2}}, kUnbounded),
      program("at least 2, and no more", {1, 0}, {{-1, -1, -2}}, kUnbounded),
      program("both must rise", {1, -1}, {{1, -2, 1}, {-1, 1, 1}}, kUnbounded),
      program("one alone is limited", {2, -1}, {{1, -1, 1}, {-1, -1, -3}}, kUnbounded),
      program("from a degenerate vertex", {1, 1, 1}, {{1, -1, 0, 0}, {0, 1, -1, 0}, {1, 0, -1, 0}},
              kUnbounded),
  };
}

std::vector<Program> no_rows_or_columns() {
  return {
      program("no rows, c > 0", {-1, 1}, {}, kUnbounded),
      program("no rows, c <= 0", {-1, 0}, {}, kOptimal, 0),
      program("no columns", {}, {{3}, {0}}, kOptimal, 0),
      program("nothing at all", {}, {}, kOptimal, 0),
  };
}

std::vector<Program> large_and_small() {
  return {
      program("millions", {1e6, 1e6}, {{1e6, 2e6, 4e6}, {3e6, 1e6, 6e6}}, kOptimal, 2.8e6),
      program("thousandths", {1e-3, 1e-3}, {{1e-3, 2e-3, 4e-3}, {3e-3, 1e-3, 6e-3}}, kOptimal,
              2.8e-3),
      program("a million in one column", {1e6, 1}, {{1e6, 1, 2e6}, {0, 1, 3}, {1e6, 0, 1e6}},
              kOptimal, 1e6 + 3),
      program("millionths that must not be dropped", {1e-6, 2e-6},
              {{1e-6, 1e-6, 1}, {0, 1e-6, 0.5}}, kOptimal, 1.5),
      program("large limits", {1, 1}, {{1, 2, 1e9}, {3, 1, 1e9}}, kOptimal, 6e8),
      program("a lower limit among thousandths", {-1e-3, -1e-3}, {{-1e-3, -2e-3, -4e-3}}, kOptimal,
              -2e-3),
      program("infeasible by a thousandth", {1}, {{1, 1}, {-1, -1.001}}, kInfeasible),
  };
}

std::vector<Program> cycling() {
  const std::vector<Program> known = {
      program("Beale's program", {0.75, -150, 0.02, -6},
              {{0.25, -60, -0.04, 9, 0}, {0.5, -90, -0.02, 3, 0}, {0, 0, 1, 0, 1}}, kOptimal, 0.05),
      program("Chvatal's program", {10, -57, -9, -24},
              {{0.5, -5.5, -2.5, 9, 0}, {0.5, -1.5, -0.5, 1, 0}, {1, 0, 0, 0, 1}}, kOptimal, 1)};
  std::vector<Program> all;
  for (const Program& each : known) {
    std::vector<std::size_t> rows = {0, 1, 2};
    do {
      std::vector<std::size_t> cols = {0, 1, 2, 3};
      do {
        Program turned = each;
        turned.name += ", rows ";
        for (const std::size_t i : rows) turned.name += std::to_string(i + 1);
        turned.name += ", columns ";
        for (const std::size_t j : cols) turned.name += std::to_string(j + 1);
        for (std::size_t i = 0; i < 3; ++i) {
          turned.lp.b[i] = each.lp.b[rows[i]];
          for (std::size_t j = 0; j < 4; ++j) {
            turned.lp.a[i * 4 + j] = each.lp.a[rows[i] * 4 + cols[j]];
            turned.lp.c[j] = each.lp.c[cols[j]];
          }
        }
        all.push_back(turned);
      } while (std::next_permutation(cols.begin(), cols.end()));
    } while (std::next_permutation(rows.begin(), rows.end()));
  }
  return all;
}

Program klee_minty(std::size_t n) {
  Program made{"Klee and Minty's cube, n = " + std::to_string(n), empty(n, n), kOptimal,
               std::pow(100.0, static_cast<double>(n - 1))};
  for (std::size_t i = 0; i < n; ++i) {
    made.lp.c[i] = std::pow(10.0, static_cast<double>(n - 1 - i));
    made.lp.b[i] = std::pow(100.0, static_cast<double>(i));
    for (std::size_t j = 0; j < i; ++j)
      made.lp.a[i * n + j] = 2 * std::pow(10.0, static_cast<double>(i - j));
    made.lp.a[i * n + i] = 1;
  }
  return made;
}

Lp random_program(std::uint64_t seed) {
  Random random{seed};
  const int kind = static_cast<int>(seed % 4);
  Lp lp = empty(static_cast<std::size_t>(random.whole(1, 30)),
                static_cast<std::size_t>(random.whole(1, 30)));
  if (kind == 0) {  // dense: mostly positive, so that many are bounded
    for (double& each : lp.a) each = random.real(-0.2, 1);
    for (double& each : lp.b) each = random.real(-1, 10);
    for (double& each : lp.c) each = random.real(-1, 1);
  } else if (kind == 1) {  // small integers of either sign
    for (double& each : lp.a) each = random.whole(-2, 3);
    for (double& each : lp.b) each = random.whole(-2, 9);
    for (double& each : lp.c) each = random.whole(-3, 3);
  } else if (kind == 2) {  // sparse and degenerate: many limits are 0
    for (double& each : lp.a) each = random.whole(0, 3) == 0 ? random.whole(-1, 2) : 0;
    for (double& each : lp.b) each = random.whole(0, 2) == 0 ? random.whole(1, 3) : 0;
    for (double& each : lp.c) each = random.whole(-2, 2);
  } else {  // shifted: a point is feasible, and the origin mostly isn't
    for (double& each : lp.a) each = random.real(-1, 1);
    for (double& each : lp.c) each = random.real(-1, 0.2);
    std::vector<double> point(lp.cols);
    for (double& each : point) each = random.real(0, 5);
    for (std::size_t i = 0; i < lp.rows; ++i)
      lp.b[i] = random.real(0, 1) +
                std::inner_product(point.begin(), point.end(),
                                   lp.a.begin() + static_cast<std::ptrdiff_t>(i * lp.cols), 0.0);
  }
  return lp;
}

Lp assignment(std::size_t n, double coefficient, std::uint64_t seed) {
  Random random{seed};
  Lp lp = empty(4 * n, n * n);
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j < n; ++j) {
      const std::size_t cell = i * n + j;
      lp.c[cell] = -random.whole(1, 20);
      for (const std::size_t line : {i, n + j}) {
        lp.a[2 * line * n * n + cell] = coefficient;
        lp.a[(2 * line + 1) * n * n + cell] = -coefficient;
      }
    }
  }
  for (std::size_t line = 0; line < 2 * n; ++line) {
    lp.b[2 * line] = coefficient;
    lp.b[2 * line + 1] = -coefficient;
  }
  return lp;
}

Lp redundant(double unit, std::uint64_t seed) {
  Random random{seed};
  constexpr std::size_t kRows = 15, kMore = 20, kCols = 12;
  Lp lp = empty(kRows + kMore, kCols);
  std::vector<double> point(kCols);
  for (double& each : point) each = random.whole(0, 3);
  for (double& each : lp.c) each = random.whole(-5, 5);
  const auto set_limit = [&](std::size_t i, double room) {
    lp.b[i] = room;
    for (std::size_t j = 0; j < kCols; ++j) lp.b[i] += lp.a[i * kCols + j] * point[j];
  };
  for (std::size_t i = 0; i < kRows; ++i) {
    for (std::size_t j = 0; j < kCols; ++j)
      lp.a[i * kCols + j] = random.whole(0, 1) == 0 ? 0 : unit * random.whole(-2, 6);
    set_limit(i, 0);
  }
  for (std::size_t j = 0; j < kCols; ++j) lp.a[j] = unit * random.whole(1, 4);  // bounded
  set_limit(0, unit);
  for (std::size_t i = kRows; i < kRows + kMore; ++i) {
    const auto one = static_cast<std::size_t>(random.whole(0, kRows - 1));
    const auto two = static_cast<std::size_t>(random.whole(0, kRows - 1));
    const double times = random.whole(1, 3) / 3.0;
    for (std::size_t j = 0; j < kCols; ++j)
      lp.a[i * kCols + j] = lp.a[one * kCols + j] + times * lp.a[two * kCols + j];
    lp.b[i] = lp.b[one] + times * lp.b[two];
  }
  return lp;
}

Lp dense(std::size_t rows, std::size_t cols, std::uint64_t seed) {
  Random random{seed};
  Lp lp = empty(rows, cols);
  for (double& each : lp.a) each = random.real(1, 100);
  for (double& each : lp.b) each = random.real(1000, 2000);
  for (double& each : lp.c) each = random.real(1, 100);
  return lp;
}

}  // namespace kit::programs
