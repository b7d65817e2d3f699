// Counts over sizes as a picture: the points, the bound or the claim, and the class that was fitted.
// Written down as JSON in the run directory; `kit show ID --growth` draws it on logarithmic axes.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "lens/growth/ladder.hpp"
#include "lens/growth/name_growth.hpp"

namespace kit::lens {

struct Plot {
  std::string title;  // "relocations of elements for n pushes onto an empty array"
  std::string variable = "n";
  std::string unit;  // "relocations"
  std::vector<Sample> samples = {};
  std::string line;  // "the bound 3 n + 64", "the claim n^2"
  std::function<double(double n)> value_of_line;
  GrowthVerdict growth = {};  // drawn where it is certain
};

/// {"kind": "growth", "title": .., "variable": .., "unit": .., "line": .., "fit": ..,
///  "points": [[n, count, line, fit], ...]}; a fit of 0: none. At most 64 points: of those that lie
/// close together the one highest above the line.
std::string to_json(const Plot& plot);

/// Writes it, and gives the file's name for Evidence::picture; nothing outside the grader.
std::string keep_plot(const Plot& plot);

}  // namespace kit::lens
