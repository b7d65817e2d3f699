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

/// n, count and count / f(n), a line each, at most `rows` of them: the first, the last, `marked`
/// and some between. `note` stands behind an arrow in the row of `marked` (an index; none where it
/// is past the end).
std::string table(std::span<const Sample> samples, const Shape& f, std::string_view what,
                  std::string_view ratio, std::size_t marked, std::string_view note,
                  std::size_t rows = 8);

}  // namespace kit::lens
