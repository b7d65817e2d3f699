// Names how a count grows, or says that it can't tell.
//
// Each class f is fitted as  a f  and as  a f + b g  with every lower class g, by least squares of
// the relative error. A lower term is let in only where a is surely positive and a f makes at least
// a quarter of the last count: else every class would fit by cancelling itself.
//
// A fit's score is  2 K ln(residual) + 2 (terms - 1),  K the number of points. The lowest score wins
// if the next class is at least 6 worse (odds of about 20 to 1) and its residual is small.
//
// Prefer an exact inequality (bound.hpp) wherever a constant is proven: it has no chance in it.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "lens/growth/growth_class.hpp"
#include "lens/growth/ladder.hpp"

namespace kit::lens {

/// How much the counts scatter: exact ones fit within 5 %, means of random runs within 15 %.
enum class Exactness { exact, averaged };

struct GrowthVerdict {
  GrowthClass best = GrowthClass::constant;
  GrowthClass runner_up = GrowthClass::constant;
  bool certain = false;  // false: can't tell between the two
  double residual = 0;   // of the best, root mean square, relative
  double runner_up_residual = 0;
  double a = 0;                  // count = a best(n) + b g(n)
  std::optional<GrowthClass> g;  // the lower term, if one was needed
  double b = 0;
  double base = 0;  // c of c^n
};

inline constexpr std::size_t kFewestSamples = 8;

/// Names the growth on one ladder of at least 8 samples (fewer: never certain). Never c^n.
GrowthVerdict name_growth(std::span<const Sample> samples, Exactness exactness);

/// The class on which both ladders agree, each by itself.
GrowthVerdict name_growth(const Ladders& ladders, Exactness exactness);

/// On the exponential ladder: certain and c^n, or not c^n. There polynomials can't be told from
/// each other.
GrowthVerdict name_exponential_growth(std::span<const Sample> samples, Exactness exactness);

/// "n log n", "c^n, c = 1.618", or "n or n log n (can't tell)".
std::string in_words(const GrowthVerdict& verdict);

}  // namespace kit::lens
