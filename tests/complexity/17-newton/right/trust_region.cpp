// A region in which the model is trusted: the step is the model's best within it, found by its
// shift in the eigenvectors, and the region grows or shrinks with how well the model did.
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
  double radius = 1;
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
    Vector along(n);
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t i = 0; i < n; ++i) along[k] += e.vectors[k * n + i] * g[i];
    }
    const double lowest = *std::min_element(e.values.begin(), e.values.end());
    const std::size_t low = static_cast<std::size_t>(
        std::min_element(e.values.begin(), e.values.end()) - e.values.begin());
    // The step in the eigenvectors, for a shift.
    const auto step_for = [&](double shift) {
      Vector parts(n);
      for (std::size_t k = 0; k < n; ++k) {
        const double curve = e.values[k] + shift;
        parts[k] = along[k] == 0 ? 0 : -along[k] / std::max(curve, 1e-300);
      }
      return parts;
    };
    const auto length = [](const Vector& v) {
      double sum = 0;
      for (const double each : v) sum = std::hypot(sum, each);
      return sum;
    };
    bool accepted = false;
    while (!accepted) {
      Vector parts = step_for(0);
      if (!(lowest > 0) || length(parts) > radius) {
        // The length falls with the shift: halve the interval.
        double few = std::max(0.0, -lowest), much = few + length(along) / radius;
        for (int i = 0; i < 100; ++i) {
          const double middle = few + (much - few) / 2;
          (length(step_for(middle)) > radius ? few : much) = middle;
        }
        parts = step_for(much);
        // No slope along the lowest eigenvector: go along it as far as the region reaches.
        const double missing = radius * radius - length(parts) * length(parts);
        if (lowest < 0 && missing > 0.02 * radius * radius) parts[low] += std::sqrt(missing);
      }
      double gain = 0;
      Vector next = at.x;
      for (std::size_t k = 0; k < n; ++k) {
        gain -= along[k] * parts[k] + e.values[k] * parts[k] * parts[k] / 2;
        for (std::size_t i = 0; i < n; ++i) next[i] += parts[k] * e.vectors[k * n + i];
      }
      if (next == at.x) {
        at.status = NewtonStatus::stalled;
        return at;
      }
      const double value = f.value(next);
      const double rounding = 1e-15 * std::abs(at.value);
      const double ratio = (at.value - value + rounding) / (gain + rounding);
      if (!std::isfinite(value) || !(ratio > 0.05) || value > at.value + rounding) {
        radius = std::min(radius, length(parts)) / 4;
        continue;
      }
      if (ratio > 0.75) radius = std::max(radius, 2 * length(parts));
      at.x = std::move(next);
      at.value = value;
      ++at.iterations;
      accepted = true;
    }
  }
}

}  // namespace kit
