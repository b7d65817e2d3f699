#include "lens/growth/name_growth.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "harness/report.hpp"

namespace kit::lens {
namespace {

constexpr double kMargin = 6;                // in scores: odds of about 20 to 1
constexpr double kSmallestResidual = 0.005;  // below it two fits are equally good
constexpr double kSmallestNoise = 0.002;     // exact counts have roundings too
constexpr double kSureErrors = 4;
constexpr double kLeastShare = 0.25;
constexpr double kSmallestBase = 1.2;

struct Fit {
  GrowthClass f = GrowthClass::constant;
  std::optional<GrowthClass> g = {};
  double a = 0, b = 0, base = 0;
  double residual = 0;
  double score = std::numeric_limits<double>::infinity();
};

// The values of one term at every sample, divided by the count: a perfect fit is a sum of columns
// that is 1 everywhere.
using Column = std::vector<double>;

struct Points {
  std::vector<double> n, count;

  explicit Points(std::span<const Sample> samples) {
    for (const Sample& sample : samples) {
      n.push_back(static_cast<double>(sample.n));
      count.push_back(std::max(sample.count, 1.0));
    }
  }
  std::size_t size() const { return n.size(); }
  Column relative(GrowthClass f) const {
    Column column(size());
    for (std::size_t i = 0; i < size(); ++i) column[i] = value_of(f, n[i]) / count[i];
    return column;
  }
};

double dot(const Column& x, const Column& y) {
  double sum = 0;
  for (std::size_t i = 0; i < x.size(); ++i) sum += x[i] * y[i];
  return sum;
}

double total(const Column& x) {
  double sum = 0;
  for (double each : x) sum += each;
  return sum;
}

double sum_of_squares(const Column& u, double a, const Column& v, double b) {
  double sum = 0;
  for (std::size_t i = 0; i < u.size(); ++i) {
    const double error = a * u[i] + b * v[i] - 1;
    sum += error * error;
  }
  return sum;
}

double score(double residual, std::size_t points, int terms) {
  return 2 * static_cast<double>(points) * std::log(std::max(residual, kSmallestResidual)) +
         2 * (terms - 1);
}

struct OneTerm {
  double a, squares;
};
OneTerm fit_one(const Column& u) {
  const double a = total(u) / dot(u, u);
  return {a, sum_of_squares(u, a, u, 0)};
}

struct TwoTerms {
  bool admitted = false;
  double a = 0, b = 0, squares = 0;
};
TwoTerms fit_two(const Column& u, const Column& v) {
  const double uu = dot(u, u), vv = dot(v, v), uv = dot(u, v);
  const double determinant = uu * vv - uv * uv;
  if (!(determinant > 1e-12 * uu * vv)) return {};  // the two are one
  TwoTerms fit;
  fit.a = (vv * total(u) - uv * total(v)) / determinant;
  fit.b = (uu * total(v) - uv * total(u)) / determinant;
  fit.squares = sum_of_squares(u, fit.a, v, fit.b);
  const double noise = std::sqrt(fit.squares / (static_cast<double>(u.size()) - 2));
  const double error_of_a = std::max(noise, kSmallestNoise) * std::sqrt(vv / determinant);
  const double share = fit.a * u.back();
  fit.admitted = fit.a >= kSureErrors * error_of_a && share >= kLeastShare;
  return fit;
}

double root_mean(double squares, std::size_t points) {
  return std::sqrt(squares / static_cast<double>(points));
}

// The best fit of one class, alone or with a lower term.
Fit fit_class(const Points& points, GrowthClass f) {
  const Column u = points.relative(f);
  const OneTerm alone = fit_one(u);
  Fit best{.f = f, .a = alone.a, .residual = root_mean(alone.squares, points.size())};
  best.score = score(best.residual, points.size(), 1);
  for (GrowthClass g : kPolynomialClasses) {
    if (g >= f) break;
    const TwoTerms two = fit_two(u, points.relative(g));
    if (!two.admitted) continue;
    const double residual = root_mean(two.squares, points.size());
    const double its_score = score(residual, points.size(), 2);
    if (its_score < best.score) {
      best = {.f = f, .g = g, .a = two.a, .b = two.b, .residual = residual, .score = its_score};
    }
  }
  return best;
}

// The slope of ln(count) over n from sample `first` on: ln c.
double log_base(const Points& points, std::size_t first) {
  double n_mean = 0, y_mean = 0;
  const double k = static_cast<double>(points.size() - first);
  for (std::size_t i = first; i < points.size(); ++i) {
    n_mean += points.n[i] / k;
    y_mean += std::log(points.count[i]) / k;
  }
  double above = 0, below = 0;
  for (std::size_t i = first; i < points.size(); ++i) {
    above += (points.n[i] - n_mean) * (std::log(points.count[i]) - y_mean);
    below += (points.n[i] - n_mean) * (points.n[i] - n_mean);
  }
  return above / below;
}

Column powers_of(const Points& points, double base) {
  Column column(points.size());
  for (std::size_t i = 0; i < points.size(); ++i) {
    column[i] = std::pow(base, points.n[i]) / points.count[i];
  }
  return column;
}

// c is a parameter too: one term more than the terms that are seen.
Fit fit_exponential(const Points& points) {
  Fit best{.f = GrowthClass::exponential, .residual = 1};
  const double base = std::exp(log_base(points, 0));
  if (base >= kSmallestBase) {
    const OneTerm alone = fit_one(powers_of(points, base));
    best.a = alone.a;
    best.base = base;
    best.residual = root_mean(alone.squares, points.size());
    best.score = score(best.residual, points.size(), 2);
  }
  const double late_base = std::exp(log_base(points, points.size() - 4));
  if (late_base < kSmallestBase) return best;
  const Column u = powers_of(points, late_base);
  for (GrowthClass g : kPolynomialClasses) {
    const TwoTerms two = fit_two(u, points.relative(g));
    if (!two.admitted) continue;
    const double residual = root_mean(two.squares, points.size());
    const double its_score = score(residual, points.size(), 3);
    if (its_score < best.score) {
      best = {.f = GrowthClass::exponential,
              .g = g,
              .a = two.a,
              .b = two.b,
              .base = late_base,
              .residual = residual,
              .score = its_score};
    }
  }
  return best;
}

GrowthVerdict judge(std::vector<Fit> fits, Exactness exactness) {
  std::stable_sort(fits.begin(), fits.end(),
                   [](const Fit& x, const Fit& y) { return x.score < y.score; });
  const Fit &best = fits[0], &next = fits[1];
  const double largest = exactness == Exactness::exact ? 0.05 : 0.15;
  return {.best = best.f,
          .runner_up = next.f,
          .certain = next.score - best.score >= kMargin && best.residual <= largest,
          .residual = best.residual,
          .runner_up_residual = next.residual,
          .a = best.a,
          .g = best.g,
          .b = best.b,
          .base = best.base};
}

}  // namespace

GrowthVerdict name_growth(std::span<const Sample> samples, Exactness exactness) {
  if (samples.size() < kFewestSamples) return {};
  const Points points(samples);
  std::vector<Fit> fits;
  for (GrowthClass f : kPolynomialClasses) fits.push_back(fit_class(points, f));
  return judge(std::move(fits), exactness);
}

GrowthVerdict name_growth(const Ladders& ladders, Exactness exactness) {
  GrowthVerdict powers = name_growth(ladders.powers, exactness);
  const GrowthVerdict threes = name_growth(ladders.threes, exactness);
  if (powers.certain && threes.certain && powers.best == threes.best) return powers;
  GrowthVerdict unsure = powers.certain ? threes : powers;
  if (powers.certain && threes.certain) unsure.runner_up = powers.best;
  unsure.certain = false;
  return unsure;
}

GrowthVerdict name_exponential_growth(std::span<const Sample> samples, Exactness exactness) {
  if (samples.size() < kFewestSamples) return {};
  const Points points(samples);
  std::vector<Fit> fits{fit_exponential(points)};
  for (GrowthClass f : kPolynomialClasses) fits.push_back(fit_class(points, f));
  GrowthVerdict verdict = judge(std::move(fits), exactness);
  if (verdict.best != GrowthClass::exponential) verdict.certain = false;
  return verdict;
}

std::string in_words(const GrowthVerdict& verdict) {
  if (!verdict.certain) {
    if (verdict.best == verdict.runner_up) return "can't tell";
    return std::string(name_of(std::min(verdict.best, verdict.runner_up))) + " or " +
           name_of(std::max(verdict.best, verdict.runner_up)) + " (can't tell)";
  }
  if (verdict.best == GrowthClass::exponential) {
    return "c^n, c = " + harness::number(verdict.base, 3);
  }
  return name_of(verdict.best);
}

}  // namespace kit::lens
