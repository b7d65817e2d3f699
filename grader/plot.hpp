// Counts over sizes on logarithmic axes: yours, the reference's, the bound or the claim, and the class
// that was fitted. Drawn from the JSON that the growth lens writes (tests/lens/growth/plot.cpp).
#pragma once

#include <string>
#include <vector>

#include "terminal.hpp"

namespace kit {

struct PlotPoint {
  double n = 0, count = 0, line = 0, fit = 0;  // fit 0: none
};

struct GrowthPlot {
  std::string whose;                        // "yours"
  std::string title, variable, unit, line;  // line: "the bound 3 n + 64"
  std::string fit;                          // "n log n"; empty: can't tell
  std::vector<PlotPoint> points;
};

/// THROWS: KitError if `written` isn't a plot.
GrowthPlot read_plot(const std::string& written, const std::string& whose);

/// All in one picture. Readable on a light and on a dark page.
std::string to_svg(const std::vector<GrowthPlot>& plots);

/// At most 78 columns: o the first, x the second, 8 both, . the line; the classes below.
std::string to_text(const std::vector<GrowthPlot>& plots, const Terminal& terminal);

}  // namespace kit
