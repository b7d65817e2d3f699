// The tableau of the textbooks: a slack for each row, an artificial variable for each row that starts
// below 0, the lowest index in and out from the first step to the last; compared with 1e-9.
#include "simplex.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace kit {
namespace {

using Vector = std::vector<double>;
constexpr double kSmall = 1e-9;

struct Tableau {
  std::vector<Vector> rows;  // coefficients, then the right-hand side
  Vector cost;               // reduced: what the objective loses for each column; then its value
  std::vector<std::size_t> basis;

  void pivot(std::size_t r, std::size_t s) {
    const double p = rows[r][s];
    for (double& each : rows[r]) each /= p;
    const auto clear = [&](Vector& row) {
      const double factor = row[s];
      if (factor == 0) return;
      for (std::size_t j = 0; j < row.size(); ++j) row[j] -= factor * rows[r][j];
      row[s] = 0;
    };
    for (std::size_t i = 0; i < rows.size(); ++i)
      if (i != r) clear(rows[i]);
    clear(cost);
    basis[r] = s;
  }

  // False if column `s` rises for ever.
  bool walk(std::size_t columns, std::size_t& s) {
    for (;;) {
      s = 0;
      while (s < columns && cost[s] >= -kSmall) ++s;
      if (s == columns) return true;
      std::size_t r = rows.size();
      double least = 0;
      for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i][s] <= kSmall) continue;
        const double ratio = rows[i].back() / rows[i][s];
        if (r == rows.size() || ratio < least - kSmall * (1 + std::abs(least)) ||
            (ratio <= least + kSmall * (1 + std::abs(least)) && basis[i] < basis[r])) {
          r = i;
          least = ratio;
        }
      }
      if (r == rows.size()) return false;
      pivot(r, s);
    }
  }
};

}  // namespace

LpResult solve(const Lp& lp) {
  const std::size_t m = lp.rows, n = lp.cols;
  if (lp.a.size() != m * n || lp.b.size() != m || lp.c.size() != n)
    throw std::invalid_argument("sizes");
  for (const Vector* part : {&lp.a, &lp.b, &lp.c})
    for (const double each : *part)
      if (!std::isfinite(each)) throw std::invalid_argument("not finite");

  // A row that starts below 0 is negated; its slack then has -1, and an artificial variable +1.
  std::vector<std::size_t> negated;
  for (std::size_t i = 0; i < m; ++i)
    if (lp.b[i] < 0) negated.push_back(i);
  const std::size_t real = n + m, all = real + negated.size();
  Tableau t;
  t.rows.assign(m, Vector(all + 1));
  t.basis.resize(m);
  std::size_t next = real;
  for (std::size_t i = 0; i < m; ++i) {
    const double sign = lp.b[i] < 0 ? -1 : 1;
    for (std::size_t j = 0; j < n; ++j) t.rows[i][j] = sign * lp.a[i * n + j];
    t.rows[i][n + i] = sign;
    t.rows[i][all] = sign * lp.b[i];
    t.basis[i] = n + i;
    if (sign < 0) {
      t.rows[i][next] = 1;
      t.basis[i] = next++;
    }
  }

  LpResult result;
  std::size_t column = 0;
  if (!negated.empty()) {
    t.cost.assign(all + 1, 0);
    for (std::size_t j = real; j < all; ++j) t.cost[j] = 1;
    double largest = 1;
    for (const std::size_t i : negated) {
      for (std::size_t j = 0; j <= all; ++j) t.cost[j] -= t.rows[i][j];
      largest = std::max(largest, std::abs(lp.b[i]));
    }
    t.walk(all, column);
    if (t.cost[all] < -kSmall * largest) {
      result.status = LpStatus::infeasible;
      for (std::size_t i = 0; i < m; ++i) result.y.push_back(std::max(0.0, t.cost[n + i]));
      return result;
    }
    // Artificial variables that are still basic, at 0, go; a row of zeros has nothing to say.
    for (std::size_t i = t.rows.size(); i-- > 0;) {
      if (t.basis[i] < real) continue;
      std::size_t s = 0;
      for (std::size_t j = 0; j < real; ++j)
        if (std::abs(t.rows[i][j]) > std::abs(t.rows[i][s])) s = j;
      if (std::abs(t.rows[i][s]) > kSmall) {
        t.pivot(i, s);
      } else {
        t.rows.erase(t.rows.begin() + static_cast<std::ptrdiff_t>(i));
        t.basis.erase(t.basis.begin() + static_cast<std::ptrdiff_t>(i));
      }
    }
  }

  t.cost.assign(all + 1, 0);
  for (std::size_t j = 0; j < n; ++j) t.cost[j] = -lp.c[j];
  for (std::size_t i = 0; i < t.rows.size(); ++i) {
    const double factor = t.cost[t.basis[i]];
    for (std::size_t j = 0; j <= all; ++j) t.cost[j] -= factor * t.rows[i][j];
  }
  const bool ended = t.walk(real, column);
  result.x.assign(n, 0);
  for (std::size_t i = 0; i < t.rows.size(); ++i)
    if (t.basis[i] < n) result.x[t.basis[i]] = t.rows[i].back();
  if (!ended) {
    result.status = LpStatus::unbounded;
    result.ray.assign(n, 0);
    if (column < n) result.ray[column] = 1;
    for (std::size_t i = 0; i < t.rows.size(); ++i)
      if (t.basis[i] < n) result.ray[t.basis[i]] = -t.rows[i][column];
    return result;
  }
  result.status = LpStatus::optimal;
  for (std::size_t j = 0; j < n; ++j) result.objective += lp.c[j] * result.x[j];
  for (std::size_t i = 0; i < m; ++i) result.y.push_back(t.cost[n + i]);
  return result;
}

}  // namespace kit
