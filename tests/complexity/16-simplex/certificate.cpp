// See certificate.hpp. Every sum is compared with the largest of what was added up in it.
#include "complexity/16-simplex/certificate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

namespace kit::certificate {
namespace {

using Vector = std::vector<double>;

constexpr double kTolerance = 1e-7;

// A sum, and its largest part in size.
struct Sum {
  double value = 0, largest = 0;
  void add(double part) {
    value += part;
    largest = std::max(largest, std::abs(part));
  }
  double slack() const { return kTolerance * (1 + largest); }
};

Sum row_times(const Lp& lp, std::size_t i, const Vector& x) {
  Sum sum;
  for (std::size_t j = 0; j < lp.cols; ++j) sum.add(lp.a[i * lp.cols + j] * x[j]);
  return sum;
}

Sum column_times(const Lp& lp, std::size_t j, const Vector& y) {
  Sum sum;
  for (std::size_t i = 0; i < lp.rows; ++i) sum.add(lp.a[i * lp.cols + j] * y[i]);
  return sum;
}

Sum times(const Vector& one, const Vector& two) {
  Sum sum;
  for (std::size_t k = 0; k < one.size(); ++k) sum.add(one[k] * two[k]);
  return sum;
}

double largest(const Vector& v) {
  double most = 0;
  for (const double each : v) most = std::max(most, std::abs(each));
  return most;
}

std::string at(const char* what, std::size_t k) {
  return std::string(what) + "[" + std::to_string(k) + "]";
}

// `name` has `size` finite numbers, none below 0.
std::string not_a_point(const char* name, const Vector& v, std::size_t size, double slack) {
  if (v.size() != size)
    return std::string(name) + " has " + std::to_string(v.size()) + " numbers, not " +
           std::to_string(size);
  for (std::size_t k = 0; k < size; ++k) {
    if (!std::isfinite(v[k])) return at(name, k) + " is " + decimal(v[k]);
    if (v[k] < -slack) return at(name, k) + " = " + decimal(v[k]) + " is below 0";
  }
  return "";
}

std::string not_feasible(const Lp& lp, const Vector& x) {
  if (std::string bad = not_a_point("x", x, lp.cols, kTolerance); !bad.empty()) return bad;
  for (std::size_t i = 0; i < lp.rows; ++i) {
    Sum left = row_times(lp, i, x);
    const double value = left.value;
    left.add(lp.b[i]);
    if (value > lp.b[i] + left.slack())
      return "x breaks row " + std::to_string(i) + ": A x = " + decimal(value) +
             " there, and b = " + decimal(lp.b[i]);
  }
  return "";
}

std::string not_optimal(const Lp& lp, const LpResult& r) {
  if (std::string bad = not_feasible(lp, r.x); !bad.empty()) return bad;
  const Sum value = times(lp.c, r.x);
  if (!(std::abs(r.objective - value.value) <= 1e-9 * (1 + value.largest)))
    return "objective is " + decimal(r.objective) + ", and c x = " + decimal(value.value);
  if (std::string bad = not_a_point("y", r.y, lp.rows, kTolerance); !bad.empty())
    return bad + ": no dual solution";
  for (std::size_t j = 0; j < lp.cols; ++j) {
    Sum priced = column_times(lp, j, r.y);
    const double sum = priced.value;
    priced.add(lp.c[j]);
    if (sum < lp.c[j] - priced.slack())
      return "column " + std::to_string(j) + ": A'y = " + decimal(sum) +
             " there, below c = " + decimal(lp.c[j]) +
             ":\n  y is no dual solution, so x may not be the best";
  }
  const Sum dual = times(lp.b, r.y);
  if (!(std::abs(value.value - dual.value) <=
        kTolerance * (1 + std::max(value.largest, dual.largest))))
    return "c x = " + decimal(value.value) + ", and b y = " + decimal(dual.value) +
           ": y doesn't prove that x is the best";
  return "";
}

std::string not_contradicted(const Lp& lp, const LpResult& r) {
  const double size = largest(r.y);
  if (std::string bad = not_a_point("y", r.y, lp.rows, kTolerance * size); !bad.empty())
    return bad + ": the rows can't be added up with it";
  for (std::size_t j = 0; j < lp.cols; ++j) {
    const Sum sum = column_times(lp, j, r.y);
    if (sum.value < -kTolerance * std::max(size, sum.largest))
      return "column " + std::to_string(j) + ": A'y = " + decimal(sum.value) +
             " there, below 0: a large x[" + std::to_string(j) + "] is no contradiction";
  }
  const Sum right = times(lp.b, r.y);
  if (!(right.value < -kTolerance * std::max(1e-3 * size, right.largest)))
    return "b y = " + decimal(right.value) + ", not below 0: the rows don't contradict each other";
  return "";
}

std::string not_rising(const Lp& lp, const LpResult& r) {
  if (std::string bad = not_feasible(lp, r.x); !bad.empty()) return bad;
  const double size = largest(r.ray);
  if (std::string bad = not_a_point("ray", r.ray, lp.cols, kTolerance * size); !bad.empty())
    return bad;
  for (std::size_t i = 0; i < lp.rows; ++i) {
    const Sum sum = row_times(lp, i, r.ray);
    if (sum.value > kTolerance * std::max(size, sum.largest))
      return "row " + std::to_string(i) + ": A ray = " + decimal(sum.value) +
             " there, above 0: far enough along it, x breaks the row";
  }
  const Sum gain = times(lp.c, r.ray);
  if (!(gain.value > kTolerance * gain.largest))
    return "c ray = " + decimal(gain.value) + ", not above 0: nothing is gained along it";
  return "";
}

}  // namespace

std::string refuted(const Lp& lp, const LpResult& answer) {
  switch (answer.status) {
    case LpStatus::optimal:
      return not_optimal(lp, answer);
    case LpStatus::infeasible:
      return not_contradicted(lp, answer);
    case LpStatus::unbounded:
      return not_rising(lp, answer);
  }
  return "the status is none of the three";
}

const char* name_of(LpStatus status) {
  switch (status) {
    case LpStatus::optimal:
      return "optimal";
    case LpStatus::infeasible:
      return "infeasible";
    case LpStatus::unbounded:
      return "unbounded";
  }
  return "no status at all";
}

std::string decimal(double value) {
  char text[40];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

}  // namespace kit::certificate
