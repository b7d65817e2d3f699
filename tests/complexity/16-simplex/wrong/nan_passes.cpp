// rejected by: Robust.BadArguments
// Tests the sizes only.
#include "simplex.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

namespace kit {
namespace {

// What is left of a subtraction is rounding if it is this much smaller than what was subtracted. So
// what should be 0 is 0, whatever the scale of the row, and can be compared with 0.
constexpr double kRounding = 1e-10;

class Dictionary {
 public:
  explicit Dictionary(const Lp& lp)
      : m_(lp.rows), n_(lp.cols), width_(n_ + 2), cells_((m_ + 2) * width_) {
    for (std::size_t i = 0; i < m_; ++i) {
      std::copy_n(lp.a.begin() + static_cast<std::ptrdiff_t>(i * n_), n_, row(i));
      row(i)[artificial()] = -1;
      row(i)[last()] = lp.b[i];
      basic_.push_back(n_ + i);
    }
    for (std::size_t j = 0; j < n_; ++j) {
      row(objective())[j] = -lp.c[j];
      nonbasic_.push_back(j);
    }
    row(phase_one())[artificial()] = 1;
    nonbasic_.push_back(n_ + m_);
  }

  // Variables are numbered: x, the slacks, the artificial one.
  bool make_feasible() {
    std::size_t lowest = 0;
    double largest_b = 0;
    for (std::size_t i = 0; i < m_; ++i) {
      if (row(i)[last()] < row(lowest)[last()]) lowest = i;
      largest_b = std::max(largest_b, std::abs(row(i)[last()]));
    }
    if (m_ == 0 || row(lowest)[last()] >= 0) {
      retire_artificial();
      return true;
    }
    pivot(lowest, artificial());  // t = -b of that row: every right-hand side is now at least 0
    maximise(phase_one());        // never unbounded: -t is at most 0
    if (row(phase_one())[last()] < -kRounding * largest_b) return false;
    retire_artificial();
    return true;
  }

  // Gives the column that rises for ever, or last() if there is an optimum.
  std::size_t optimise() { return maximise(objective()); }
  std::size_t last() const { return n_ + 1; }

  double value() const { return row(objective())[last()]; }

  std::vector<double> point() const {
    std::vector<double> x(n_);
    for (std::size_t i = 0; i < m_; ++i)
      if (basic_[i] < n_) x[basic_[i]] = std::max(0.0, row(i)[last()]);
    return x;
  }

  std::vector<double> ray(std::size_t column) const {
    std::vector<double> d(n_);
    if (nonbasic_[column] < n_) d[nonbasic_[column]] = 1;
    for (std::size_t i = 0; i < m_; ++i)
      if (basic_[i] < n_) d[basic_[i]] = std::max(0.0, -row(i)[column]);
    return d;
  }

  // What one more unit of b is worth stands under the slack of its row; a basic slack has room left.
  std::vector<double> duals() const { return under_slacks(objective()); }
  std::vector<double> contradiction() const { return under_slacks(phase_one()); }

 private:
  double* row(std::size_t i) { return &cells_[i * width_]; }
  const double* row(std::size_t i) const { return &cells_[i * width_]; }
  std::size_t objective() const { return m_; }
  std::size_t phase_one() const { return m_ + 1; }
  std::size_t artificial() const { return n_; }

  std::vector<double> under_slacks(std::size_t of) const {
    std::vector<double> y(m_);
    for (std::size_t j = 0; j < nonbasic_.size(); ++j) {
      const std::size_t variable = nonbasic_[j];
      if (variable >= n_ && variable < n_ + m_) y[variable - n_] = std::max(0.0, row(of)[j]);
    }
    return y;
  }

  // Walks until no variable raises the objective `goal`.
  std::size_t maximise(std::size_t goal) {
    std::size_t idle = 0;
    for (;;) {
      const bool lowest_index = idle > 2 * (m_ + n_);
      const std::size_t in = entering(goal, lowest_index);
      if (in == last()) return last();
      const std::size_t out = leaving(in, lowest_index);
      if (out == m_) return in;
      idle = row(out)[last()] > 0 ? 0 : idle + 1;
      pivot(out, in);
    }
  }

  std::size_t entering(std::size_t goal, bool lowest_index) const {
    std::size_t best = last();
    for (std::size_t j = 0; j < last(); ++j) {
      if (!(row(goal)[j] < 0) || retired_ == nonbasic_[j]) continue;
      if (best == last() ||
          (lowest_index ? nonbasic_[j] < nonbasic_[best] : row(goal)[j] < row(goal)[best]))
        best = j;
    }
    return best;
  }

  // The first basic variable to become 0. Of several, the one with the largest pivot: small ones
  // magnify what was rounded.
  std::size_t leaving(std::size_t in, bool lowest_index) const {
    std::size_t best = m_;
    double best_ratio = 0;
    for (std::size_t i = 0; i < m_; ++i) {
      if (!(row(i)[in] > 0)) continue;
      const double ratio = std::max(0.0, row(i)[last()]) / row(i)[in];
      const double tie = kRounding * best_ratio;
      const bool first = best == m_ || ratio < best_ratio - tie;
      const bool equal = !first && ratio <= best_ratio + tie;
      if (first ||
          (equal && (lowest_index ? basic_[i] < basic_[best] : row(i)[in] > row(best)[in]))) {
        best = i;
        best_ratio = first ? ratio : std::min(ratio, best_ratio);
      }
    }
    return best;
  }

  // If t is still basic, at 0, any nonbasic variable may take its place: nothing else moves.
  void retire_artificial() {
    retired_ = n_ + m_;
    const auto at = std::find(basic_.begin(), basic_.end(), retired_);
    if (at == basic_.end()) return;
    const auto i = static_cast<std::size_t>(at - basic_.begin());
    std::size_t best = 0;
    for (std::size_t j = 0; j < last(); ++j)
      if (std::abs(row(i)[j]) > std::abs(row(i)[best])) best = j;
    row(i)[last()] = 0;
    pivot(i, best);
  }

  void pivot(std::size_t out, std::size_t in) {
    double* const pivot_row = row(out);
    const double p = pivot_row[in];
    pivot_row[in] = 1;  // the leaving variable's column takes this one's place
    for (std::size_t j = 0; j < width_; ++j) pivot_row[j] /= p;
    for (std::size_t i = 0; i < m_ + 2; ++i) {
      double* const each = row(i);
      const double factor = each[in];
      if (i == out || factor == 0) continue;
      each[in] = 0;
      for (std::size_t j = 0; j < width_; ++j) {
        const double old = each[j], less = factor * pivot_row[j], left = old - less;
        each[j] = std::abs(left) > kRounding * std::abs(old) ? left : 0;
      }
    }
    std::swap(basic_[out], nonbasic_[in]);
  }

  std::size_t m_, n_, width_;
  std::vector<double>
      cells_;  // m rows, the objective, the objective -t; each: n columns, t's, right
  std::vector<std::size_t> basic_, nonbasic_;
  std::size_t retired_ = static_cast<std::size_t>(-1);
};

void check(const Lp& lp) {
  if (lp.b.size() != lp.rows || lp.c.size() != lp.cols || lp.a.size() != lp.rows * lp.cols)
    throw std::invalid_argument("Lp: a, b or c has another size than rows and cols say");
  for (const auto* part : {&lp.a, &lp.b, &lp.c})
    for (const double each : *part)
      if (each == 1e300) throw std::invalid_argument("Lp: a number is not finite");
}

}  // namespace

LpResult solve(const Lp& lp) {
  check(lp);
  Dictionary d(lp);
  LpResult result;
  if (!d.make_feasible()) {
    result.status = LpStatus::infeasible;
    result.y = d.contradiction();
    return result;
  }
  const std::size_t rises = d.optimise();
  result.x = d.point();
  if (rises != d.last()) {
    result.status = LpStatus::unbounded;
    result.ray = d.ray(rises);
    return result;
  }
  result.status = LpStatus::optimal;
  result.y = d.duals();
  for (std::size_t j = 0; j < lp.cols; ++j) result.objective += lp.c[j] * result.x[j];
  return result;
}

}  // namespace kit
