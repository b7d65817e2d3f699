// Newton's method with a shifted Cholesky factorisation and a line search.
//
//   model        f(x + d) ~ f + g d + d H d / 2      least at  H d = -g,  if H is positive definite
//   not so?      factor H + tau I instead, with tau raised until it can be done: d is then
//                downhill, since g d = -d (H + tau I) d < 0
//   too far?     halve the step until the value drops by a share of what the slope promises
//
// The full step is tried first. Near a minimum with a regular Hessian tau is 0 and the full step is
// accepted, so the plain method's error squares with each step: 1e-2, 1e-4, 1e-8.
#include "newton.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
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

// d with L L' d = -g.
Vector solve(const Vector& l, std::span<const double> g) {
  const std::size_t n = g.size();
  Vector d(n);
  for (std::size_t i = 0; i < n; ++i)
    d[i] = (-g[i] - dot({&l[i * n], i}, {d.data(), i})) / l[i * n + i];
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t k = i + 1; k < n; ++k) d[i] -= l[k * n + i] * d[k];
    d[i] /= l[i * n + i];
  }
  return d;
}

// The step of the model; where H isn't positive definite, that of the nearest shift that a doubling
// finds.
Vector downhill(std::span<const double> h, std::span<const double> g) {
  const std::size_t n = g.size();
  Vector l;
  double least = h[0];  // of the diagonal: an eigenvalue is below it
  for (std::size_t i = 1; i < n; ++i) least = std::min(least, h[i * n + i]);
  // H may be 0: then the gradient gives the scale.
  const double unit = 1e-3 * std::max(largest(h), largest(g));
  double tau = least > 0 ? 0 : unit - least;
  while (!factor(h, tau, l, n)) tau = std::max(2 * tau, unit);
  return solve(l, g);
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
    const double slope = dot(g, d);
    // Where the promised gain is below the rounding of the value, "not higher" has to do.
    const double rounding = 4 * std::numeric_limits<double>::epsilon() * std::abs(at.value);
    double value = 0, step = 1;
    for (;; step /= 2) {
      for (std::size_t i = 0; i < n; ++i) next[i] = at.x[i] + step * d[i];
      if (next == at.x) {
        at.status = NewtonStatus::stalled;
        return at;
      }
      value = f.value(next);
      if (std::isfinite(value) && value <= at.value + 1e-4 * step * slope + rounding) break;
    }
    at.x.swap(next);
    at.value = value;
    ++at.iterations;
  }
}

}  // namespace kit
