// A minimum of a smooth function by Newton's method, made safe to start anywhere.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

namespace kit {

/// The function. Each call is counted.
class Smooth {
 public:
  virtual ~Smooth() = default;
  virtual std::size_t size() const = 0;
  /// Not finite (NaN, or infinite with either sign) outside the function's domain.
  virtual double value(std::span<const double> x) = 0;
  /// Fill g (size() numbers) and h (size() * size(), row by row, symmetric). Only inside the
  /// domain.
  virtual void gradient(std::span<const double> x, std::span<double> g) = 0;
  virtual void hessian(std::span<const double> x, std::span<double> h) = 0;
};

enum class NewtonStatus {
  converged,        // gradient_norm <= tolerance, and no eigenvalue below -1e-8 (1 + |H|)
  saddle,           // gradient_norm <= tolerance, and there is one
  stalled,          // no step lowers the value any more
  iteration_limit,  // max_iterations steps were taken
};

struct NewtonResult {
  std::vector<double> x;     // the last accepted point
  double value = 0;          // there
  double gradient_norm = 0;  // there: the largest component of the gradient in size
  int iterations = 0;        // steps taken: accepted points after the start
  NewtonStatus status = NewtonStatus::stalled;
};

/// Looks for a local minimum of f, from `start`.
///
/// REQUIRES: start.size() == f.size() >= 1; value(start) is finite; tolerance > 0 (not NaN);
///           max_iterations >= 0. Else it throws std::invalid_argument.
/// ENSURES:  gradient and Hessian are asked at accepted points only; the start is the first one,
///           and a point where the value isn't finite is never one. From one accepted point to the
///           next the value does not rise, by more than 1e-12 of its size (rounding).
///           The status is the first in the list above that holds at the last accepted point; |H|
///           is the largest entry of the Hessian there in size. `converged` and `saddle` can be
///           told apart by one question: has H + 1e-8 (1 + |H|) I a Cholesky factor?
///           At a start where the gradient is small enough already no step is taken.
/// THROWS:   what f throws, too.
/// COST:     near a minimum with a regular Hessian the number of right digits doubles with each
///           step: at most 5 gradients from an error of 1e-2 to 1e-7. A quadratic function, however
///           ill-conditioned (1e9), takes at most 3 Hessians. The budgets of calls are in
///           README.md.
NewtonResult minimise(Smooth& f, std::span<const double> start, double tolerance = 1e-8,
                      int max_iterations = 200);

}  // namespace kit
