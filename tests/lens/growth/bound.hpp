// A count held against  c f(n) + d  at every size: the judgement that suites should prefer. It
// fails at the first size that breaks it, and shows how the count goes on around it.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "lens/growth/ladder.hpp"

namespace kit::lens {

/// f of a bound or a claim, with its name: "n log n".
struct Shape {
  std::string name;
  std::function<double(double n)> value;
};

/// count <= c f(n) + d, and how to speak of it.
struct Bound {
  double c = 1;
  Shape f;
  double d = 0;
  std::string what;   // what was counted: "relocations"; heads its column
  std::string ratio;  // heads the column count / f(n): "a push"
  std::string input;  // the message's first line: "pushes onto an empty array"
  std::string why;    // closes the message: why the bound matters, where it comes from; lines of at
                      // most 74 columns
};

/// Holds every sample against the bound; records the one that comes nearest to it, and fails the
/// running test at the first one above it. Returns whether all held. No samples: fails.
bool expect_at_most(std::span<const Sample> samples, const Bound& bound);

/// A count on one kind of input: "all equal", "descending".
struct CountOn {
  std::string kind;
  Sample at;
};

/// Holds each count against the bound, and records the one that comes nearest to it. Fails the
/// running test where any is above it; names the one furthest above, and shows all of them.
bool expect_each_at_most(std::span<const CountOn> counts, const Bound& bound);

/// The judgement where no constant is proven, or where it depends on choices that are free:
/// count / f(n) at the last size is at most `factor` times that at the first.
struct Level {
  double factor = 1.5;
  Shape f;
  std::string what, ratio, input, why;  // as in a bound
};
bool expect_level(std::span<const Sample> samples, const Level& level);

/// n, count and count / f(n), a line each, at most `rows` of them: the first, the last, `marked`
/// and some between. `note` stands behind an arrow in the row of `marked` (an index; none where it
/// is past the end). `variable` heads the first column.
std::string table(std::span<const Sample> samples, const Shape& f, std::string_view what,
                  std::string_view ratio, std::size_t marked, std::string_view note,
                  std::size_t rows = 8, std::string_view variable = "n");

}  // namespace kit::lens
