// See functions.hpp.
#include "complexity/17-newton/functions.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace kit::functions {
namespace {

// Sets h[i][j] and h[j][i] of a symmetric matrix of `n` rows.
void add(Vector& h, std::size_t n, std::size_t i, std::size_t j, double value) {
  h[i * n + j] += value;
  if (i != j) h[j * n + i] += value;
}

// splitmix64, in [-1, 1).
struct Random {
  std::uint64_t state;
  double operator()() {
    std::uint64_t x = state += 0x9E3779B97F4A7C15U;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9U;
    x = (x ^ x >> 27) * 0x94D049BB133111EBU;
    return static_cast<double>((x ^ x >> 31) >> 11) / 4503599627370496.0 - 1;
  }
};

}  // namespace

Function rosenbrock(std::size_t n) {
  Function f{
      n == 2 ? "Rosenbrock" : "Rosenbrock in pairs, n = " + std::to_string(n), n, {}, {}, {}};
  f.value = [n](const Vector& x) {
    double sum = 0;
    for (std::size_t i = 0; i < n; i += 2) {
      const double bend = x[i + 1] - x[i] * x[i];
      sum += 100 * bend * bend + (1 - x[i]) * (1 - x[i]);
    }
    return sum;
  };
  f.gradient = [n](const Vector& x, Vector& g) {
    for (std::size_t i = 0; i < n; i += 2) {
      const double bend = x[i + 1] - x[i] * x[i];
      g[i] = -400 * x[i] * bend - 2 * (1 - x[i]);
      g[i + 1] = 200 * bend;
    }
  };
  f.hessian = [n](const Vector& x, Vector& h) {
    for (std::size_t i = 0; i < n; i += 2) {
      add(h, n, i, i, 1200 * x[i] * x[i] - 400 * x[i + 1] + 2);
      add(h, n, i, i + 1, -400 * x[i]);
      add(h, n, i + 1, i + 1, 200);
    }
  };
  f.minima = {Vector(n, 1.0)};
  return f;
}

Function beale() {
  static constexpr double kTargets[] = {1.5, 2.25, 2.625};
  Function f{"Beale", 2, {}, {}, {}};
  f.value = [](const Vector& x) {
    double sum = 0, power = 1;
    for (const double target : kTargets) {
      power *= x[1];
      const double r = target - x[0] + x[0] * power;
      sum += r * r;
    }
    return sum;
  };
  f.gradient = [](const Vector& x, Vector& g) {
    double lower = 1;  // y^(i-1)
    for (int i = 1; i <= 3; ++i, lower *= x[1]) {
      const double r = kTargets[i - 1] - x[0] + x[0] * lower * x[1];
      g[0] += 2 * r * (lower * x[1] - 1);
      g[1] += 2 * r * i * x[0] * lower;
    }
  };
  f.hessian = [](const Vector& x, Vector& h) {
    double lower = 1, lowest = 0;  // y^(i-1), and (i-1) y^(i-2)
    for (int i = 1; i <= 3; ++i) {
      const double r = kTargets[i - 1] - x[0] + x[0] * lower * x[1];
      const double rx = lower * x[1] - 1, ry = i * x[0] * lower;
      add(h, 2, 0, 0, 2 * rx * rx);
      add(h, 2, 0, 1, 2 * (rx * ry + r * i * lower));
      add(h, 2, 1, 1, 2 * (ry * ry + r * i * x[0] * lowest));
      lowest = lower + lowest * x[1];
      lower *= x[1];
    }
  };
  f.minima = {{3, 0.5}};
  return f;
}

Function wood() {
  Function f{"Wood", 4, {}, {}, {}};
  f.value = [](const Vector& x) {
    const double p = x[0] * x[0] - x[1], q = x[2] * x[2] - x[3], u = x[1] - 1, v = x[3] - 1;
    return 100 * p * p + (x[0] - 1) * (x[0] - 1) + (x[2] - 1) * (x[2] - 1) + 90 * q * q +
           10.1 * (u * u + v * v) + 19.8 * u * v;
  };
  f.gradient = [](const Vector& x, Vector& g) {
    const double p = x[0] * x[0] - x[1], q = x[2] * x[2] - x[3], u = x[1] - 1, v = x[3] - 1;
    g[0] = 400 * x[0] * p + 2 * (x[0] - 1);
    g[1] = -200 * p + 20.2 * u + 19.8 * v;
    g[2] = 360 * x[2] * q + 2 * (x[2] - 1);
    g[3] = -180 * q + 20.2 * v + 19.8 * u;
  };
  f.hessian = [](const Vector& x, Vector& h) {
    add(h, 4, 0, 0, 1200 * x[0] * x[0] - 400 * x[1] + 2);
    add(h, 4, 0, 1, -400 * x[0]);
    add(h, 4, 1, 1, 220.2);
    add(h, 4, 1, 3, 19.8);
    add(h, 4, 2, 2, 1080 * x[2] * x[2] - 360 * x[3] + 2);
    add(h, 4, 2, 3, -360 * x[2]);
    add(h, 4, 3, 3, 200.2);
  };
  f.minima = {{1, 1, 1, 1}};
  return f;
}

Function log_cosh() {
  Function f{"sum of log cosh", 3, {}, {}, {}};
  f.value = [](const Vector& x) {
    double sum = 0;
    for (const double each : x)
      sum += std::abs(each) + std::log1p(std::exp(-2 * std::abs(each))) - std::log(2.0);
    return sum;
  };
  f.gradient = [](const Vector& x, Vector& g) {
    for (std::size_t i = 0; i < 3; ++i) g[i] = std::tanh(x[i]);
  };
  f.hessian = [](const Vector& x, Vector& h) {
    for (std::size_t i = 0; i < 3; ++i) h[4 * i] = 1 / (std::cosh(x[i]) * std::cosh(x[i]));
  };
  f.minima = {{0, 0, 0}};
  return f;
}

Function barrier(double outside) {
  Function f{"x - ln x + y - ln y", 2, {}, {}, {}};
  f.value = [outside](const Vector& x) {
    if (!(x[0] > 0 && x[1] > 0)) return outside;
    return x[0] - std::log(x[0]) + x[1] - std::log(x[1]);
  };
  f.gradient = [](const Vector& x, Vector& g) {
    for (std::size_t i = 0; i < 2; ++i) g[i] = 1 - 1 / x[i];
  };
  f.hessian = [](const Vector& x, Vector& h) {
    for (std::size_t i = 0; i < 2; ++i) h[3 * i] = 1 / (x[i] * x[i]);
  };
  f.minima = {{1, 1}};
  return f;
}

Function double_well() {
  Function f{"x^4 - x^2 + y^2", 2, {}, {}, {}};
  f.value = [](const Vector& x) {
    const double square = x[0] * x[0];
    return square * square - square + x[1] * x[1];
  };
  f.gradient = [](const Vector& x, Vector& g) {
    g[0] = 4 * x[0] * x[0] * x[0] - 2 * x[0];
    g[1] = 2 * x[1];
  };
  f.hessian = [](const Vector& x, Vector& h) {
    h[0] = 12 * x[0] * x[0] - 2;
    h[3] = 2;
  };
  f.minima = {{std::sqrt(0.5), 0}, {-std::sqrt(0.5), 0}};
  return f;
}

// Two reflections turn a diagonal matrix, so that no variable is an eigenvector.
Function quadratic(std::size_t n, double smallest, double largest, std::uint64_t seed) {
  Random random{seed};
  Vector h(n * n);
  for (std::size_t i = 0; i < n; ++i) {
    const double share = n == 1 ? 1 : static_cast<double>(i) / static_cast<double>(n - 1);
    h[i * n + i] = smallest * std::pow(largest / smallest, share);
  }
  for (int turn = 0; turn < 2; ++turn) {
    Vector v(n), hv(n);
    double length = 0;
    for (double& each : v) each = random();
    for (const double each : v) length += each * each;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) hv[i] += h[i * n + j] * v[j];
    }
    double vhv = 0;
    for (std::size_t i = 0; i < n; ++i) vhv += v[i] * hv[i];
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j)
        h[i * n + j] +=
            -2 * (v[i] * hv[j] + hv[i] * v[j]) / length + 4 * vhv * v[i] * v[j] / (length * length);
    }
  }
  const auto times = [n, h](const Vector& x, Vector& out) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) out[i] += h[i * n + j] * x[j];
    }
  };
  char text[80];
  std::snprintf(text, sizeof text, "a quadratic, n = %zu, eigenvalues %g to %g", n, smallest,
                largest);
  Function f{text, n, {}, {}, {}};
  f.value = [n, times](const Vector& x) {
    Vector hx(n);
    times(x, hx);
    double sum = 0;
    for (std::size_t i = 0; i < n; ++i) sum += x[i] * hx[i];
    return sum / 2;
  };
  f.gradient = times;
  f.hessian = [h](const Vector&, Vector& out) { out = h; };
  f.minima = {Vector(n)};
  return f;
}

Function fourth_power() {
  Function f{"x^4", 1, {}, {}, {}};
  f.value = [](const Vector& x) { return x[0] * x[0] * x[0] * x[0]; };
  f.gradient = [](const Vector& x, Vector& g) { g[0] = 4 * x[0] * x[0] * x[0]; };
  f.hessian = [](const Vector& x, Vector& h) { h[0] = 12 * x[0] * x[0]; };
  f.minima = {{0}};
  return f;
}

Function powell() {
  Function f{"Powell's singular function", 4, {}, {}, {}};
  f.value = [](const Vector& x) {
    const double p = x[0] + 10 * x[1], q = x[2] - x[3], r = x[1] - 2 * x[2], s = x[0] - x[3];
    return p * p + 5 * q * q + r * r * r * r + 10 * s * s * s * s;
  };
  f.gradient = [](const Vector& x, Vector& g) {
    const double p = x[0] + 10 * x[1], q = x[2] - x[3], r = x[1] - 2 * x[2], s = x[0] - x[3];
    g[0] = 2 * p + 40 * s * s * s;
    g[1] = 20 * p + 4 * r * r * r;
    g[2] = 10 * q - 8 * r * r * r;
    g[3] = -10 * q - 40 * s * s * s;
  };
  f.hessian = [](const Vector& x, Vector& h) {
    const double r = x[1] - 2 * x[2], s = x[0] - x[3];
    add(h, 4, 0, 0, 2 + 120 * s * s);
    add(h, 4, 0, 1, 20);
    add(h, 4, 0, 3, -120 * s * s);
    add(h, 4, 1, 1, 200 + 12 * r * r);
    add(h, 4, 1, 2, -24 * r * r);
    add(h, 4, 2, 2, 10 + 48 * r * r);
    add(h, 4, 2, 3, -10);
    add(h, 4, 3, 3, 10 + 120 * s * s);
  };
  f.minima = {{0, 0, 0, 0}};
  return f;
}

Function bend() {
  Function f{"x^4 / 4 + x", 1, {}, {}, {}};
  f.value = [](const Vector& x) { return x[0] * x[0] * x[0] * x[0] / 4 + x[0]; };
  f.gradient = [](const Vector& x, Vector& g) { g[0] = x[0] * x[0] * x[0] + 1; };
  f.hessian = [](const Vector& x, Vector& h) { h[0] = 3 * x[0] * x[0]; };
  f.minima = {{-1}};
  return f;
}

double Counted::value(std::span<const double> x) {
  if (++values > most_values) throw TooManyCalls();
  return f_.value({x.begin(), x.end()});
}

void Counted::gradient(std::span<const double> x, std::span<double> g) {
  if (++gradients > most_values) throw TooManyCalls();
  const Vector at(x.begin(), x.end());
  outside = outside || !std::isfinite(f_.value(at));
  accepted.push_back(at);
  Vector out(f_.size);
  f_.gradient(at, out);
  std::copy(out.begin(), out.end(), g.begin());
}

void Counted::hessian(std::span<const double> x, std::span<double> h) {
  if (++hessians > most_values) throw TooManyCalls();
  const Vector at(x.begin(), x.end());
  outside = outside || !std::isfinite(f_.value(at));
  elsewhere = elsewhere || accepted.empty() || accepted.back() != at;
  Vector out(f_.size * f_.size);
  f_.hessian(at, out);
  std::copy(out.begin(), out.end(), h.begin());
}

double Counted::error_at(const Vector& x) const {
  double nearest = std::numeric_limits<double>::infinity();
  for (const Vector& minimum : f_.minima) {
    double error = x.size() == minimum.size() ? 0 : std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < x.size() && i < minimum.size(); ++i) {
      const double part = std::abs(x[i] - minimum[i]);
      error = part >= 0 ? std::max(error, part) : std::numeric_limits<double>::infinity();
    }
    nearest = std::min(nearest, error);
  }
  return nearest;
}

double Counted::gradient_norm_at(const Vector& x) const {
  Vector g(f_.size);
  f_.gradient(x, g);
  double most = 0;
  for (const double each : g) {
    if (std::isnan(each)) return each;
    most = std::max(most, std::abs(each));
  }
  return most;
}

}  // namespace kit::functions
