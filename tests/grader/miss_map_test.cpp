// Maps of misses: what the lens writes, as text and as SVG.
#include "miss_map.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "errors.hpp"

namespace {

using namespace kit;

constexpr const char* kMap =
    R"({"kind": "misses", "title": "512 x 512 numbers", "elsewhere": 3,
        "arrays": [{"name": "a", "lines": 16384, "misses": 262144, "rows": 2, "columns": 3,
                    "cells": [0, 1, 2, 4, 8, 16]},
                   {"name": "out", "lines": 6, "misses": 6, "rows": 1, "columns": 2,
                    "cells": [1, -1]}]})";

TEST(MissMap, EachCellHasTheMarkOfHowOftenItsLinesCameIn) {
  const std::string text = to_text(read_miss_map(kMap, "yours"), Terminal(ColourWish::never));
  EXPECT_NE(text.find("    | .:|\n    |+x#|\n"), std::string::npos) << text;
  EXPECT_NE(text.find("    |. |\n"), std::string::npos) << text;
  EXPECT_NE(text.find("yours: 262,153 misses, 16,390 lines"), std::string::npos) << text;
  EXPECT_NE(text.find("a   16,384 lines, 262,144 misses"), std::string::npos) << text;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(columns(line), 80) << line;
}

TEST(MissMap, SvgDrawsEachCellThatHasLines) {
  const MissMap map = read_miss_map(kMap, "yours");
  const std::string svg = to_svg({map, map});
  std::size_t cells = 0;
  for (auto at = svg.find("<title>"); at != std::string::npos; at = svg.find("<title>", at + 1))
    ++cells;
  EXPECT_EQ(cells, 2U * 7U);
  EXPECT_NE(svg.find("class=\"m5\""), std::string::npos);
  EXPECT_NE(svg.find("each line came in 16 times"), std::string::npos);
  EXPECT_EQ(svg.find("nan"), std::string::npos);
}

TEST(MissMap, WhatIsNoMapIsRefused) {
  EXPECT_THROW(read_miss_map("{}", "yours"), KitError);
  EXPECT_THROW(read_miss_map("[1", "yours"), KitError);
  EXPECT_THROW(read_miss_map(R"({"kind": "growth", "title": "t"})", "yours"), KitError);
  EXPECT_THROW(read_miss_map(R"({"kind": "misses", "title": "t", "elsewhere": 0,
      "arrays": [{"name": "a", "lines": 1, "misses": 1, "rows": 2, "columns": 3, "cells": [1]}]})",
                             "yours"),
               KitError);
}

}  // namespace
