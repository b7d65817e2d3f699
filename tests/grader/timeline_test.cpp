// The time-line of calls: what the lens writes, as text and as SVG.
#include "timeline.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "drawing.hpp"
#include "errors.hpp"

namespace {

using namespace kit;

// Two threads: the first reads what the second writes, and one call was made to fail.
constexpr const char *
    kLine =
       R"json({"kind": "calls", "title": "4 portions", "made": 60, "threads": 2, "ending": "it threw ENOSPC",
        "files": ["from", "to"],
        "calls": [{"number": 1, "thread": 0, "ended": 2, "text": "read(3, 4,096)",
   "result" : "= 4,096", "files" : [0]
},
                  {"number": 2, "thread": 1, "ended": 2, "text": "write(4, 4,096)", "result": "= 4,096", "files": [1]},
                  {"number": 59, "thread": 0, "ended": 59, "text": "copy_file_range(3, 4, 65,536)", "result": "= ENOSPC",
                   "files": [0, 1], "from": 0, "to": 1, "injected": true, "failed": true},
                  {"number": 60, "thread": 0, "ended": 0, "text": "poll(1 descriptor)", "result": "never returned", "files": []}]})json";

TEST(Timeline, ALineACallWithItsFilesAndWhatIsLeftOut) {
  const std::string text = to_text(read_timeline(kLine, "yours"), Terminal(ColourWish::never));
  EXPECT_NE(text.find("yours: 60 calls, it threw ENOSPC"), std::string::npos) << text;
  EXPECT_NE(text.find("A  from\n"), std::string::npos) << text;
  EXPECT_NE(text.find("     1  t1 A    read(3, 4,096)"), std::string::npos) << text;
  EXPECT_NE(text.find("... 56 more"), std::string::npos) << text;
  EXPECT_NE(text.find("A>B  copy_file_range(3, 4, 65,536)              = ENOSPC injected"),
            std::string::npos)
      << text;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(columns(line), 80) << line;
}

TEST(Timeline, SvgShadesWhoWaitsAndMarksWhatWasInjected) {
  const Timeline line = read_timeline(kLine, "yours");
  const std::string svg = to_svg({line, line});
  const auto count = [&](const std::string& part) {
    std::size_t n = 0;
    for (auto at = svg.find(part); at != std::string::npos; at = svg.find(part, at + 1)) ++n;
    return n;
  };
  EXPECT_EQ(count("class=\"waits\""), 2U) << "the read, while the write was made";
  EXPECT_EQ(count("class=\"bad\""), 2U);
  EXPECT_EQ(count("class=\"head\""), 2U) << "one arrow each";
  EXPECT_EQ(count("class=\"dot\""), 4U);
  EXPECT_EQ(count("(injected)"), 2U);
  EXPECT_EQ(svg.find("nan"), std::string::npos);
}

TEST(Timeline, WhatIsNotWholeIsRefused) {
  EXPECT_THROW(read_timeline("{", "yours"), KitError);
  EXPECT_THROW(read_timeline(R"({"kind": "misses"})", "yours"), KitError);
  std::string broken = kLine;
  broken.replace(broken.find("\"thread\": 1"), 11, "\"thread\": 7");
  EXPECT_THROW(read_timeline(broken, "yours"), KitError);
}

TEST(Timeline, IsDrawnForTheReport) {
  const auto drawing = draw({"calls-in-order.json", kLine}, std::nullopt);
  ASSERT_TRUE(drawing);
  EXPECT_EQ(drawing->kind, "calls");
  EXPECT_EQ(drawing->words, "yours: 60 calls, it threw ENOSPC.");
}

}  // namespace
