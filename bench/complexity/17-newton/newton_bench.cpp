// complexity/17-newton: Rosenbrock's valley in pairs, whose values cost next to nothing, and a regression
// with a robust loss, whose Hessian is work. NLopt's methods ask for values and gradients only. The roof
// asks the function for as many values, gradients and Hessians as Newton's steps need, and does nothing
// with them.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>
#include <vector>

#include "bench/complexity/17-newton/minimising.hpp"
#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"

#ifdef KIT_BENCH_NLOPT
#include <nlopt.h>
#endif

namespace {

using namespace kit::bench;
using Vector = std::vector<double>;

class Valley : public kit::Smooth {
 public:
  explicit Valley(std::size_t n) : n_(n) {}
  std::size_t size() const override { return n_; }
  double value(std::span<const double> x) override {
    double sum = 0;
    for (std::size_t i = 0; i < n_; i += 2) {
      const double bend = x[i + 1] - x[i] * x[i];
      sum += 100 * bend * bend + (1 - x[i]) * (1 - x[i]);
    }
    return sum;
  }
  void gradient(std::span<const double> x, std::span<double> g) override {
    for (std::size_t i = 0; i < n_; i += 2) {
      const double bend = x[i + 1] - x[i] * x[i];
      g[i] = -400 * x[i] * bend - 2 * (1 - x[i]);
      g[i + 1] = 200 * bend;
    }
  }
  void hessian(std::span<const double> x, std::span<double> h) override {
    std::fill(h.begin(), h.end(), 0.0);
    for (std::size_t i = 0; i < n_; i += 2) {
      h[i * n_ + i] = 1200 * x[i] * x[i] - 400 * x[i + 1] + 2;
      h[i * n_ + i + 1] = h[(i + 1) * n_ + i] = -400 * x[i];
      h[(i + 1) * n_ + i + 1] = 200;
    }
  }

 private:
  std::size_t n_;
};

// The sum of log cosh(a x - b) over rows, and |x|^2 / 20.
class Regression : public kit::Smooth {
 public:
  Regression(std::size_t n, std::size_t rows) : n_(n), a_(n * rows), b_(rows), r_(rows) {
    std::mt19937_64 random(20260101);
    std::normal_distribution<double> normal;
    for (double& each : a_) each = normal(random);
    for (double& each : b_) each = 3 * normal(random);
  }
  std::size_t size() const override { return n_; }
  double value(std::span<const double> x) override {
    residuals(x);
    double sum = 0;
    for (const double r : r_)
      sum += std::abs(r) + std::log1p(std::exp(-2 * std::abs(r))) - std::log(2.0);
    for (const double each : x) sum += each * each / 20;
    return sum;
  }
  void gradient(std::span<const double> x, std::span<double> g) override {
    residuals(x);
    for (std::size_t i = 0; i < n_; ++i) g[i] = x[i] / 10;
    for (std::size_t k = 0; k < r_.size(); ++k) {
      const double slope = std::tanh(r_[k]);
      for (std::size_t i = 0; i < n_; ++i) g[i] += slope * a_[k * n_ + i];
    }
  }
  void hessian(std::span<const double> x, std::span<double> h) override {
    residuals(x);
    std::fill(h.begin(), h.end(), 0.0);
    for (std::size_t i = 0; i < n_; ++i) h[i * n_ + i] = 0.1;
    for (std::size_t k = 0; k < r_.size(); ++k) {
      const double t = std::tanh(r_[k]), curve = 1 - t * t;
      const double* row = &a_[k * n_];
      for (std::size_t i = 0; i < n_; ++i) {
        const double share = curve * row[i];
        for (std::size_t j = 0; j < n_; ++j) h[i * n_ + j] += share * row[j];
      }
    }
  }

 private:
  void residuals(std::span<const double> x) {
    for (std::size_t k = 0; k < r_.size(); ++k) {
      r_[k] = -b_[k];
      for (std::size_t i = 0; i < n_; ++i) r_[k] += a_[k * n_ + i] * x[i];
    }
  }
  std::size_t n_;
  Vector a_, b_, r_;
};

// Along the gradient, halving; each search begins at twice the step that was taken last.
int steepest_descent(kit::Smooth* f, const double* start, std::size_t n, double* end) {
  Vector x(start, start + n), g(n), next(n);
  double value = f->value(x), step = 1;
  int steps = 0;
  for (; steps < 100'000; ++steps) {
    f->gradient(x, g);
    double largest = 0, square = 0;
    for (const double each : g) {
      largest = std::max(largest, std::abs(each));
      square += each * each;
    }
    if (largest <= 1e-8) break;
    double lower = 0;
    for (step *= 2; step > 1e-30; step /= 2) {
      for (std::size_t i = 0; i < n; ++i) next[i] = x[i] - step * g[i];
      lower = f->value(next);
      if (lower <= value - 1e-4 * step * square) break;
    }
    if (!(lower < value)) break;
    x.swap(next);
    value = lower;
  }
  std::copy(x.begin(), x.end(), end);
  return steps;
}

#ifdef KIT_BENCH_NLOPT
double asked_by_nlopt(unsigned n, const double* x, double* g, void* f) {
  auto* smooth = static_cast<kit::Smooth*>(f);
  if (g != nullptr) smooth->gradient({x, n}, {g, n});
  return smooth->value({x, n});
}

template <nlopt_algorithm Algorithm>
int nlopt(kit::Smooth* f, const double* start, std::size_t n, double* end) {
  std::copy(start, start + n, end);
  const auto opt = nlopt_create(Algorithm, static_cast<unsigned>(n));
  nlopt_set_min_objective(opt, asked_by_nlopt, f);
  nlopt_set_ftol_rel(opt, 1e-15);
  nlopt_set_maxeval(opt, 100'000);
  double value = 0;
  nlopt_optimize(opt, end, &value);
  const int evaluations = nlopt_get_numevals(opt);
  nlopt_destroy(opt);
  return evaluations;
}
#endif

Contestant minimising(const std::string& name, Role role, Minimising minimise,
                      const std::shared_ptr<kit::Smooth>& f, const Vector& start) {
  auto end = std::make_shared<Vector>(start.size());
  const auto run = [=] { return minimise(f.get(), start.data(), start.size(), end->data()); };
  Contestant made{name, role, {}, timed([run] {
                    const int steps = run();
                    benchmark::DoNotOptimize(steps);
                  })};
  made.check = [run, f, end]() -> std::string {
    run();
    Vector g(end->size());
    f->gradient(*end, g);
    for (const double each : g) {
      if (!(std::abs(each) <= 1e-4)) return "the gradient where it ends is above 1e-4";
    }
    return "";
  };
  return made;
}

Contestant asking(const std::shared_ptr<kit::Smooth>& f, const Vector& start, int times) {
  return {"its values, gradients and Hessians", Role::roof, {}, timed([f, start, times] {
            const std::size_t n = start.size();
            Vector g(n), h(n * n);
            for (int i = 0; i < times; ++i) {
              const double value = f->value(start);
              benchmark::DoNotOptimize(value);
              f->gradient(start, g);
              f->hessian(start, h);
              benchmark::DoNotOptimize(h.data());
            }
          })};
}

Workload workload(const std::string& text, const std::shared_ptr<kit::Smooth>& f,
                  const Vector& start, int steps) {
  Workload work;
  work.text = text;
  work.amount = 1e-3;
  work.rate_unit = "k/s";
  work.work = Work::compute;
  work.contestants.push_back(
      minimising("steepest descent", Role::baseline, steepest_descent, f, start));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return minimising("", c.role(),
                           c.function<int(kit::Smooth*, const double*, std::size_t, double*)>(
                               "candidate_minimise"),
                           f, start);
       })) {
    work.contestants.push_back(std::move(candidate));
  }
#ifdef KIT_BENCH_NLOPT
  work.contestants.push_back(
      minimising("NLopt LD_LBFGS", Role::peer, nlopt<NLOPT_LD_LBFGS>, f, start));
  work.contestants.push_back(
      minimising("NLopt LD_TNEWTON", Role::peer, nlopt<NLOPT_LD_TNEWTON>, f, start));
#endif
  work.contestants.push_back(asking(f, start, steps));
  return work;
}

std::vector<Workload> workloads() {
  Vector valley;
  for (int i = 0; i < 10; ++i) valley.insert(valley.end(), {-1.2, 1.0});
  return {workload("Rosenbrock in 10 pairs, to 1e-8", std::make_shared<Valley>(20), valley, 22),
          workload("a robust regression, 50 variables, 400 rows, to 1e-8",
                   std::make_shared<Regression>(50, 400), Vector(50, 0.0), 5)};
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{0, 1, workloads}};
  return run(bench, argc, argv);
}
