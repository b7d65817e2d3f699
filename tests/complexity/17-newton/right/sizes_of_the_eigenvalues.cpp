// Turns the Hessian into its eigenvectors and takes each eigenvalue by its size: a saddle repels
// along the directions in which the plain step would be drawn to it. Then halves.
#include "newton.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

namespace kit {
namespace {

using Vector = std::vector<double>;

double largest(const Vector& v) {
  double most = 0;
  for (const double each : v) most = std::max(most, std::abs(each));
  return most;
}

struct Eigen {
  Vector values, vectors;  // vectors: one a row
};

// Jacobi's rotations: each makes one entry beside the diagonal zero, until all are.
Eigen eigen(Vector a, std::size_t n) {
  Eigen out;
  out.vectors.assign(n * n, 0);
  for (std::size_t i = 0; i < n; ++i) out.vectors[i * n + i] = 1;
  for (int sweep = 0; sweep < 60; ++sweep) {
    double beside = 0, diagonal = 0;
    for (std::size_t i = 0; i < n; ++i) {
      diagonal = std::max(diagonal, std::abs(a[i * n + i]));
      for (std::size_t j = 0; j < i; ++j) beside = std::max(beside, std::abs(a[i * n + j]));
    }
    if (beside <= 1e-18 * diagonal || beside < 1e-300) break;
    for (std::size_t p = 0; p < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) {
        if (a[p * n + q] == 0) continue;
        const double theta = (a[q * n + q] - a[p * n + p]) / (2 * a[p * n + q]);
        const double t = std::copysign(1.0, theta) / (std::abs(theta) + std::hypot(theta, 1.0));
        const double c = 1 / std::hypot(t, 1.0), s = t * c;
        for (std::size_t k = 0; k < n; ++k) {
          const double x = a[k * n + p], y = a[k * n + q];
          a[k * n + p] = c * x - s * y;
          a[k * n + q] = s * x + c * y;
        }
        for (std::size_t k = 0; k < n; ++k) {
          const double x = a[p * n + k], y = a[q * n + k];
          a[p * n + k] = c * x - s * y;
          a[q * n + k] = s * x + c * y;
        }
        for (std::size_t k = 0; k < n; ++k) {
          const double x = out.vectors[p * n + k], y = out.vectors[q * n + k];
          out.vectors[p * n + k] = c * x - s * y;
          out.vectors[q * n + k] = s * x + c * y;
        }
      }
    }
  }
  for (std::size_t i = 0; i < n; ++i) out.values.push_back(a[i * n + i]);
  return out;
}

}  // namespace

NewtonResult minimise(Smooth& f, std::span<const double> start, double tolerance,
                      int max_iterations) {
  const std::size_t n = f.size();
  if (n == 0 || start.size() != n || !(tolerance > 0) || max_iterations < 0)
    throw std::invalid_argument("minimise");
  NewtonResult at;
  at.x.assign(start.begin(), start.end());
  at.value = f.value(at.x);
  if (!std::isfinite(at.value)) throw std::invalid_argument("the value at the start");
  Vector g(n), h(n * n);
  for (;;) {
    f.gradient(at.x, g);
    at.gradient_norm = largest(g);
    const bool flat = at.gradient_norm <= tolerance;
    if (!flat && at.iterations >= max_iterations) {
      at.status = NewtonStatus::iteration_limit;
      return at;
    }
    f.hessian(at.x, h);
    const Eigen e = eigen(h, n);
    if (flat) {
      const double lowest = *std::min_element(e.values.begin(), e.values.end());
      at.status =
          lowest < -1e-8 * (1 + largest(h)) ? NewtonStatus::saddle : NewtonStatus::converged;
      return at;
    }
    const double least = 1e-14 * std::max(largest(e.values), largest(g));
    Vector d(n);
    double slope = 0;
    for (std::size_t k = 0; k < n; ++k) {
      double along = 0;
      for (std::size_t i = 0; i < n; ++i) along += e.vectors[k * n + i] * g[i];
      const double part = -along / std::max(std::abs(e.values[k]), least);
      slope += part * along;
      for (std::size_t i = 0; i < n; ++i) d[i] += part * e.vectors[k * n + i];
    }
    double t = 1, value = 0;
    Vector next(n);
    bool lower = false;
    for (int halvings = 0; halvings < 100 && !lower; ++halvings, t /= 2) {
      for (std::size_t i = 0; i < n; ++i) next[i] = at.x[i] + t * d[i];
      value = f.value(next);
      lower =
          std::isfinite(value) && value <= at.value + 1e-4 * t * slope + 1e-15 * std::abs(at.value);
    }
    if (!lower || next == at.x) {
      at.status = NewtonStatus::stalled;
      return at;
    }
    at.x = std::move(next);
    at.value = value;
    ++at.iterations;
  }
}

}  // namespace kit
