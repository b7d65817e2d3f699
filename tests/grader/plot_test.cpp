// Growth plots: what the lens writes, as text and as SVG.
#include "plot.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "errors.hpp"

namespace {

using namespace kit;

constexpr const char* kSquares =
    R"({"kind": "growth", "title": "steps for n < 10^4 values", "variable": "n", "unit": "steps",
        "line": "the bound 3 n", "fit": "n^2",
        "points": [[10, 100, 30, 100], [100, 10000, 300, 10000], [1000, 1000000, 3000, 1000000]]})";
constexpr const char* kLinear =
    R"({"kind": "growth", "title": "steps for n < 10^4 values", "variable": "n", "unit": "steps",
        "line": "the bound 3 n", "fit": "",
        "points": [[10, 20, 30, 0], [100, 200, 300, 0], [1000, 2000, 3000, 0]]})";

TEST(Plot, ShowsBothTheLineAndTheClasses) {
  const std::string text =
      to_text({read_plot(kSquares, "yours"), read_plot(kLinear, "the reference")},
              Terminal(ColourWish::never));
  EXPECT_NE(text.find("  o  yours           grows as n^2\n"), std::string::npos) << text;
  EXPECT_NE(text.find("  x  the reference   can't be told on these sizes\n"), std::string::npos)
      << text;
  EXPECT_NE(text.find("  .  the bound 3 n\n"), std::string::npos) << text;
  // The largest count stands in the top right corner, the smallest sizes at the left edge.
  EXPECT_NE(text.find("   1,000,000 |" + std::string(59, ' ') + "o\n"), std::string::npos) << text;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(columns(line), 80) << line;
}

TEST(Plot, SvgEscapesAndDrawsEachPoint) {
  const std::string svg =
      to_svg({read_plot(kSquares, "yours"), read_plot(kLinear, "the reference")});
  EXPECT_NE(svg.find("steps for n &lt; 10^4 values"), std::string::npos);
  std::size_t circles = 0;
  for (auto at = svg.find("<circle"); at != std::string::npos; at = svg.find("<circle", at + 1))
    ++circles;
  EXPECT_EQ(circles, 6U + 2U);  // and two in the legend
  EXPECT_EQ(svg.find("nan"), std::string::npos);
}

TEST(Plot, WhatIsNoPlotIsRefused) {
  EXPECT_THROW(read_plot("{}", "yours"), KitError);
  EXPECT_THROW(read_plot("[1", "yours"), KitError);
  EXPECT_THROW(read_plot(R"({"kind": "growth", "title": "t", "variable": "n", "unit": "u",
                             "line": "", "fit": "", "points": []})",
                         "yours"),
               KitError);
}

}  // namespace
