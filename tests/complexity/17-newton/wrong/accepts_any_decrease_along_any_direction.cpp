// rejected by: Correct.FindsTheMinimum, Robust.LeavesIndefiniteRegions
// Solves H d = -g whatever H is, and takes any lower value along d. Where H is indefinite d leads
// uphill, and the step is halved until rounding makes it "not higher".
#include "newton.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace kit {
namespace {

using Vector = std::vector<double>;

double largest(std::span<const double> v) {
  double most = 0;
  for (const double each : v) most = std::max(most, std::abs(each));
  return most;
}

double dot(std::span<const double> x, std::span<const double> y) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += x[i] * y[i];
  return sum;
}

// L with L L' = h + shift I in the lower half of `l`; false if there is none.
bool factor(std::span<const double> h, double shift, Vector& l, std::size_t n) {
  l.assign(h.begin(), h.end());
  for (std::size_t j = 0; j < n; ++j) {
    const double* row_j = &l[j * n];
    const double pivot = row_j[j] + shift - dot({row_j, j}, {row_j, j});
    if (!(pivot > 0)) return false;
    const double root = std::sqrt(pivot);
    l[j * n + j] = root;
    for (std::size_t i = j + 1; i < n; ++i) {
      double* row_i = &l[i * n];
      row_i[j] = (row_i[j] - dot({row_i, j}, {row_j, j})) / root;
    }
  }
  return true;
}

// d with H d = -g, by elimination with pivots.
Vector downhill(std::span<const double> h, std::span<const double> g) {
  const std::size_t n = g.size();
  Vector a(h.begin(), h.end()), d(n);
  for (std::size_t i = 0; i < n; ++i) d[i] = -g[i];
  for (std::size_t j = 0; j < n; ++j) {
    std::size_t best = j;
    for (std::size_t i = j + 1; i < n; ++i) {
      if (std::abs(a[i * n + j]) > std::abs(a[best * n + j])) best = i;
    }
    if (a[best * n + j] == 0) a[best * n + j] = 1e-12;
    for (std::size_t k = 0; k < n; ++k) std::swap(a[j * n + k], a[best * n + k]);
    std::swap(d[j], d[best]);
    for (std::size_t i = j + 1; i < n; ++i) {
      const double share = a[i * n + j] / a[j * n + j];
      for (std::size_t k = j; k < n; ++k) a[i * n + k] -= share * a[j * n + k];
      d[i] -= share * d[j];
    }
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) d[i] -= a[i * n + k] * d[k];
    d[i] /= a[i * n + i];
  }
  return d;
}

}  // namespace

NewtonResult minimise(Smooth& f, std::span<const double> start, double tolerance,
                      int max_iterations) {
  const std::size_t n = f.size();
  if (n == 0 || start.size() != n) throw std::invalid_argument("the start has another size than f");
  if (!(tolerance > 0)) throw std::invalid_argument("the tolerance isn't above 0");
  if (max_iterations < 0) throw std::invalid_argument("fewer than no iterations");
  NewtonResult at;
  at.x.assign(start.begin(), start.end());
  at.value = f.value(at.x);
  if (!std::isfinite(at.value)) throw std::invalid_argument("f is not finite at the start");

  Vector g(n), h(n * n), next(n), l;
  for (;;) {
    f.gradient(at.x, g);
    at.gradient_norm = largest(g);
    const bool flat = at.gradient_norm <= tolerance;
    if (!flat && at.iterations == max_iterations) {
      at.status = NewtonStatus::iteration_limit;
      return at;
    }
    f.hessian(at.x, h);
    if (flat) {
      const bool curved_up = factor(h, 1e-8 * (1 + largest(h)), l, n);
      at.status = curved_up ? NewtonStatus::converged : NewtonStatus::saddle;
      return at;
    }

    const Vector d = downhill(h, g);
    double value = 0, step = 1;
    for (;; step /= 2) {
      for (std::size_t i = 0; i < n; ++i) next[i] = at.x[i] + step * d[i];
      if (next == at.x) {
        at.status = NewtonStatus::stalled;
        return at;
      }
      value = f.value(next);
      if (std::isfinite(value) && value <= at.value) break;
    }
    at.x.swap(next);
    at.value = value;
    ++at.iterations;
  }
}

}  // namespace kit
