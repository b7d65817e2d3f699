// The revised method: no tableau, but the basis itself, which is solved anew by elimination at each step.
// One artificial variable, and Bland's rule.
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

double largest(const Vector& v) {
  double most = 0;
  for (const double each : v) most = std::max(most, std::abs(each));
  return most;
}

// z with matrix z = right, by elimination with row exchanges. `matrix` is row by row, m by m.
Vector eliminated(Vector matrix, Vector right) {
  const std::size_t m = right.size();
  for (std::size_t k = 0; k < m; ++k) {
    std::size_t best = k;
    for (std::size_t i = k + 1; i < m; ++i)
      if (std::abs(matrix[i * m + k]) > std::abs(matrix[best * m + k])) best = i;
    for (std::size_t j = 0; j < m; ++j) std::swap(matrix[k * m + j], matrix[best * m + j]);
    std::swap(right[k], right[best]);
    for (std::size_t i = k + 1; i < m; ++i) {
      const double factor = matrix[i * m + k] / matrix[k * m + k];
      if (factor == 0) continue;
      for (std::size_t j = k; j < m; ++j) matrix[i * m + j] -= factor * matrix[k * m + j];
      right[i] -= factor * right[k];
    }
  }
  for (std::size_t k = m; k-- > 0;) {
    for (std::size_t j = k + 1; j < m; ++j) right[k] -= matrix[k * m + j] * right[j];
    right[k] /= matrix[k * m + k];
  }
  return right;
}

class Revised {
 public:
  // Columns: x, the slacks, the artificial one.
  explicit Revised(const Lp& lp) : lp_(lp), m_(lp.rows), n_(lp.cols), basis_(m_) {
    std::iota(basis_.begin(), basis_.end(), n_);
  }

  std::size_t artificial() const { return n_ + m_; }
  std::vector<std::size_t>& basis() { return basis_; }

  double entry(std::size_t i, std::size_t column) const {
    if (column < n_) return lp_.a[i * n_ + column];
    return column == artificial() ? -1 : column - n_ == i ? 1 : 0;
  }
  Vector of(std::size_t column) const {
    Vector v(m_);
    for (std::size_t i = 0; i < m_; ++i) v[i] = entry(i, column);
    return v;
  }
  Vector in_basis(const Vector& right, bool transposed = false) const {
    Vector matrix(m_ * m_);
    for (std::size_t i = 0; i < m_; ++i)
      for (std::size_t k = 0; k < m_; ++k)
        matrix[transposed ? k * m_ + i : i * m_ + k] = entry(i, basis_[k]);
    return eliminated(std::move(matrix), right);
  }
  Vector prices(const Vector& cost) const {
    Vector basic(m_);
    for (std::size_t k = 0; k < m_; ++k) basic[k] = cost[basis_[k]];
    return in_basis(basic, true);
  }

  // Gives the column that rises for ever, if one does.
  std::optional<std::size_t> walk(const Vector& cost, std::size_t columns) {
    const double unit = largest(cost);
    for (;;) {
      const Vector y = prices(cost);
      std::optional<std::size_t> in;
      for (std::size_t j = 0; j < columns && !in; ++j) {
        double gain = cost[j];
        for (std::size_t i = 0; i < m_; ++i) gain -= y[i] * entry(i, j);
        if (gain > kSmall * unit && std::find(basis_.begin(), basis_.end(), j) == basis_.end())
          in = j;
      }
      if (!in) return std::nullopt;
      const Vector move = in_basis(of(*in)), values = in_basis(lp_.b);
      std::size_t out = m_;
      double least = 0;
      for (std::size_t k = 0; k < m_; ++k) {
        if (move[k] <= kSmall * largest(move)) continue;
        const double ratio = std::max(0.0, values[k]) / move[k];
        const double tie = kSmall * (1 + least);
        if (out == m_ || ratio < least - tie || (ratio <= least + tie && basis_[k] < basis_[out])) {
          out = k;
          least = ratio;
        }
      }
      if (out == m_) return in;
      basis_[out] = *in;
    }
  }

 private:
  const Lp& lp_;
  std::size_t m_, n_;
  std::vector<std::size_t> basis_;
};

void check(const Lp& lp) {
  bool good = lp.a.size() == lp.rows * lp.cols && lp.b.size() == lp.rows && lp.c.size() == lp.cols;
  for (const Vector* part : {&lp.a, &lp.b, &lp.c})
    good =
        good && std::all_of(part->begin(), part->end(), [](double v) { return std::isfinite(v); });
  if (!good) throw std::invalid_argument("no linear program");
}

}  // namespace

LpResult solve(const Lp& lp) {
  check(lp);
  const std::size_t m = lp.rows, n = lp.cols;
  Revised r(lp);
  LpResult result;
  const auto lowest = std::min_element(lp.b.begin(), lp.b.end());
  if (m > 0 && *lowest < 0) {
    r.basis()[static_cast<std::size_t>(lowest - lp.b.begin())] = r.artificial();
    Vector cost(n + m + 1);
    cost.back() = -1;
    r.walk(cost, n + m + 1);
    const Vector values = r.in_basis(lp.b);
    auto& basis = r.basis();
    const auto at = std::find(basis.begin(), basis.end(), r.artificial());
    if (at != basis.end()) {
      const auto k = static_cast<std::size_t>(at - basis.begin());
      if (values[k] > kSmall * largest(lp.b)) {
        result.status = LpStatus::infeasible;
        result.y = r.prices(cost);
        for (double& each : result.y) each = std::max(0.0, each);
        return result;
      }
      // At 0, so whatever has a part in its row can stand there.
      Vector unit(m);
      unit[k] = 1;
      const Vector row = r.in_basis(unit, true);
      std::size_t best = 0;
      double most = -1;
      for (std::size_t j = 0; j < n + m; ++j) {
        double part = 0;
        for (std::size_t i = 0; i < m; ++i) part += row[i] * r.entry(i, j);
        if (std::abs(part) <= most || std::find(basis.begin(), basis.end(), j) != basis.end())
          continue;
        best = j;
        most = std::abs(part);
      }
      basis[k] = best;
    }
  }
  Vector cost = lp.c;
  cost.resize(n + m + 1);
  const std::optional<std::size_t> rises = r.walk(cost, n + m);
  const Vector values = r.in_basis(lp.b);
  result.x.assign(n, 0);
  for (std::size_t k = 0; k < m; ++k)
    if (r.basis()[k] < n) result.x[r.basis()[k]] = std::max(0.0, values[k]);
  if (rises) {
    result.status = LpStatus::unbounded;
    const Vector move = r.in_basis(r.of(*rises));
    result.ray.assign(n, 0);
    if (*rises < n) result.ray[*rises] = 1;
    for (std::size_t k = 0; k < m; ++k)
      if (r.basis()[k] < n) result.ray[r.basis()[k]] = -move[k];
    return result;
  }
  result.status = LpStatus::optimal;
  result.y = r.prices(cost);
  for (std::size_t j = 0; j < n; ++j) result.objective += lp.c[j] * result.x[j];
  return result;
}

}  // namespace kit
