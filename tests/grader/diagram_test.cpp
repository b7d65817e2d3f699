// Space-time diagrams: what the picture of a run says, and that it is drawn.
#include "diagram.hpp"

#include <gtest/gtest.h>

#include "errors.hpp"

namespace {

using namespace kit;

// Rank 0 sends to 1 and then to 2, which waits for a round.
const char* const kTwoSends = R"json({"title": "3 ranks, 64 bytes from rank 0", "ranks": 3,
 "unit": "rounds", "end": 2,
 "messages": [
  {"from": 0, "to": 1, "start": 0, "end": 1, "tag": 0, "bytes": 64, "at": "broadcast.cpp:17", "critical": true},
  {"from": 0, "to": 2, "start": 1, "end": 2, "tag": 0, "bytes": 64, "at": "a<b>.cpp:17", "critical": true}],
 "waiting": [{"rank": 0, "start": 0, "end": 2}, {"rank": 1, "start": 0, "end": 1}, {"rank": 2, "start": 0, "end": 2}],
 "stuck": []})json";

const char* const kCircle = R"json({"title": "2 ranks", "ranks": 2, "unit": "rounds", "end": 0,
 "messages": [], "waiting": [],
 "stuck": [{"rank": 0, "in": "MPI_Send", "at": "ring_shift.cpp:14"}, {"rank": 1, "in": "MPI_Send", "at": "ring_shift.cpp:14"}]})json";

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

TEST(Diagram, TextShowsWhoSendsAndWhoWaits) {
  const std::string text = to_text(read_diagram(kTwoSends, "yours"), Terminal(ColourWish::never));
  EXPECT_EQ(text,
            "  yours   2 rounds, 2 messages\n"
            "    round   1   2\n"
            "    rank 0  >1* >2*\n"
            "    rank 1  <0*\n"
            "    rank 2  .   <0*\n");
}

TEST(Diagram, TextSaysWhereRanksAreStuck) {
  const std::string text = to_text(read_diagram(kCircle, "yours"), Terminal(ColourWish::never));
  EXPECT_NE(text.find("yours   stuck after 0 messages"), std::string::npos) << text;
  EXPECT_NE(text.find("rank 1  for ever in MPI_Send, ring_shift.cpp:14"), std::string::npos)
      << text;
}

TEST(Diagram, PictureHasAnArrowForEachMessageAndAShadeForEachWait) {
  const std::string svg = to_svg({read_diagram(kTwoSends, "yours")});
  EXPECT_EQ(count(svg, "<path class=\"message critical\""), 2U + 1U);  // and the legend's
  EXPECT_EQ(count(svg, "</title></rect>"), 1U);  // only rank 2 does nothing but wait
  EXPECT_NE(svg.find("a&lt;b&gt;.cpp:17"), std::string::npos);
  EXPECT_NE(svg.find("prefers-color-scheme: dark"), std::string::npos);
  EXPECT_EQ(svg.find("nan"), std::string::npos);
}

TEST(Diagram, TwoStandSideBySideAndLongOnesBelow) {
  Diagram a = read_diagram(kTwoSends, "yours"), b = read_diagram(kTwoSends, "the reference");
  EXPECT_EQ(count(to_svg({a, b}), "<g transform=\"translate(24.0, 24.0)\">"), 1U);
  a.end = b.end = 60;
  const std::string below = to_svg({a, b});
  EXPECT_EQ(count(below, "<g transform=\"translate(24.0,"), 2U);
}

TEST(Diagram, WhatIsNoPictureIsSaid) {
  for (const char* broken : {"", "{}", "[1]", "{\"title\": 3}", "no json"}) {
    EXPECT_THROW(read_diagram(broken, "yours"), KitError) << broken;
  }
}

}  // namespace
