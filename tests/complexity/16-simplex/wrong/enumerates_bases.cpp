// rejected by: Cost.DoesNotEnumerate, Correct.RandomProgramsCarryCertificates
// Right, by the theorem that the walk ends at a basis which shows its answer: every basis is looked at,
// in order, until one shows something. There are (rows + cols choose rows) of them.
#include "simplex.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <stdexcept>

namespace kit {
namespace {

using Vector = std::vector<double>;
constexpr double kSmall = 1e-9;

// The rows and the objective with the variables of `basis` eliminated; false if that can't be done.
bool eliminated(const Lp& lp, std::vector<std::size_t>& basis, std::vector<Vector>& t) {
  const std::size_t m = lp.rows, n = lp.cols, width = n + m + 1;
  t.assign(m + 1, Vector(width));
  for (std::size_t i = 0; i < m; ++i) {
    for (std::size_t j = 0; j < n; ++j) t[i][j] = lp.a[i * n + j];
    t[i][n + i] = 1;
    t[i][width - 1] = lp.b[i];
  }
  for (std::size_t j = 0; j < n; ++j) t[m][j] = -lp.c[j];
  for (std::size_t k = 0; k < m; ++k) {
    const std::size_t s = basis[k];
    std::size_t best = k;
    for (std::size_t i = k; i < m; ++i)
      if (std::abs(t[i][s]) > std::abs(t[best][s])) best = i;
    if (std::abs(t[best][s]) < kSmall) return false;
    std::swap(t[k], t[best]);
    const double p = t[k][s];
    for (double& each : t[k]) each /= p;
    for (std::size_t i = 0; i <= m; ++i) {
      const double factor = t[i][s];
      if (i == k || factor == 0) continue;
      for (std::size_t j = 0; j < width; ++j) t[i][j] -= factor * t[k][j];
    }
  }
  return true;
}

std::optional<LpResult> shown(const Lp& lp, const std::vector<std::size_t>& basis,
                              const std::vector<Vector>& t) {
  const std::size_t m = lp.rows, n = lp.cols, all = n + m;
  LpResult r;
  bool feasible = true;
  for (std::size_t i = 0; i < m; ++i) {
    if (t[i][all] >= -kSmall) continue;
    feasible = false;
    if (std::any_of(t[i].begin(), t[i].end() - 1, [](double v) { return v < -kSmall; })) continue;
    r.status = LpStatus::infeasible;
    for (std::size_t k = 0; k < m; ++k) r.y.push_back(std::max(0.0, t[i][n + k]));
    return r;
  }
  if (!feasible) return std::nullopt;
  r.x.assign(n, 0);
  for (std::size_t i = 0; i < m; ++i)
    if (basis[i] < n) r.x[basis[i]] = std::max(0.0, t[i][all]);
  bool best = true;
  for (std::size_t j = 0; j < all; ++j) {
    if (t[m][j] >= -kSmall) continue;
    best = false;
    bool limited = false;
    for (std::size_t i = 0; i < m; ++i) limited = limited || t[i][j] > kSmall;
    if (limited) continue;
    r.status = LpStatus::unbounded;
    r.ray.assign(n, 0);
    if (j < n) r.ray[j] = 1;
    for (std::size_t i = 0; i < m; ++i)
      if (basis[i] < n) r.ray[basis[i]] = std::max(0.0, -t[i][j]);
    return r;
  }
  if (!best) return std::nullopt;
  r.status = LpStatus::optimal;
  for (std::size_t j = 0; j < n; ++j) r.objective += lp.c[j] * r.x[j];
  for (std::size_t k = 0; k < m; ++k) r.y.push_back(std::max(0.0, t[m][n + k]));
  return r;
}

}  // namespace

LpResult solve(const Lp& lp) {
  bool good = lp.a.size() == lp.rows * lp.cols && lp.b.size() == lp.rows && lp.c.size() == lp.cols;
  for (const Vector* part : {&lp.a, &lp.b, &lp.c})
    good =
        good && std::all_of(part->begin(), part->end(), [](double v) { return std::isfinite(v); });
  if (!good) throw std::invalid_argument("no linear program");
  std::vector<bool> in(lp.rows + lp.cols);
  std::fill_n(in.begin(), lp.rows, true);
  std::vector<Vector> t;
  do {
    std::vector<std::size_t> basis;
    for (std::size_t j = 0; j < in.size(); ++j)
      if (in[j]) basis.push_back(j);
    if (!eliminated(lp, basis, t)) continue;
    if (const auto answer = shown(lp, basis, t)) return *answer;
  } while (std::prev_permutation(in.begin(), in.end()));
  return {};
}

}  // namespace kit
