// Functions with known minima, and the wrapper that counts what is asked of them.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "newton.hpp"

namespace kit::functions {

using Vector = std::vector<double>;

/// value, gradient and Hessian; the two latter add to zeros.
struct Function {
  std::string name;
  std::size_t size = 0;
  std::function<double(const Vector& x)> value;
  std::function<void(const Vector& x, Vector& g)> gradient;
  std::function<void(const Vector& x, Vector& h)> hessian;
  std::vector<Vector> minima = {};  // any of them will do
};

Function rosenbrock(std::size_t n);  // in pairs; minimum at 1, ..., 1
Function beale();
Function wood();
Function log_cosh();               // three variables; minimum at 0
Function barrier(double outside);  // x - ln x + y - ln y, minimum (1, 1)
Function double_well();            // x^4 - x^2 + y^2
Function quadratic(std::size_t n, double smallest, double largest, std::uint64_t seed);
Function fourth_power();  // x^4
Function powell();        // Powell's singular function
Function bend();          // x^4 / 4 + x: no curvature at 0; minimum at -1

struct TooManyCalls {};

/// Counts the calls, and notes the points of the gradients.
class Counted : public Smooth {
 public:
  explicit Counted(Function f) : f_(std::move(f)) {}

  std::size_t size() const override { return f_.size; }
  double value(std::span<const double> x) override;
  void gradient(std::span<const double> x, std::span<double> g) override;
  void hessian(std::span<const double> x, std::span<double> h) override;

  const Function& function() const { return f_; }
  /// The largest component of x - x*, for the nearest minimum x*.
  double error_at(const Vector& x) const;
  double value_at(const Vector& x) const { return f_.value(x); }
  double gradient_norm_at(const Vector& x) const;

  int values = 0, gradients = 0, hessians = 0;
  std::vector<Vector> accepted;  // where a gradient was asked
  bool outside = false;          // a gradient or a Hessian was asked where the value isn't finite
  bool elsewhere = false;        // a Hessian was asked where no gradient was
  int most_values = 20'000;

 private:
  Function f_;
};

}  // namespace kit::functions
