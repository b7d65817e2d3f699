// The reader of callgrind's files, on texts made by hand.
#include "lens/cache/callgrind_file.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace {

using kit::lens::CallgrindFile;
using kit::lens::LineCost;

CallgrindFile read(const std::string& text) {
  std::istringstream in(text);
  return kit::lens::read_callgrind(in);
}

constexpr const char* kText = R"(# callgrind format
version: 1
desc: Trigger: Client Request: region 3
positions: line
events: Ir Dr Dw I1mr D1mr D1mw ILmr DLmr DLmw Bc Bcm Bi Bim

fl=/home/ada/transpose.cpp
fn=transpose
17 10 4 3 0 1 40 0 0 2 5
18 20 9
calls=3 90
18 1000 1000 1000 0 900 900
fi=/usr/include/c++/12/span
270 5 5 5 0 7 7
fe=/home/ada/transpose.cpp
17 1 0 0 0 1 2

fl=/home/ada/other.cpp
fn=other
90 6 6 6 0 2 20

totals: 41 20 14 0 11 69 0 3 2 6 4 1 1
)";

TEST(CallgrindFile, ReadsTheTotalsByTheNamesOfTheEvents) {
  const CallgrindFile file = read(kText);
  EXPECT_TRUE(file.complete);
  EXPECT_EQ(file.trigger, "region 3");
  EXPECT_EQ(file.counts.instructions, 41);
  EXPECT_EQ(file.counts.reads, 20);
  EXPECT_EQ(file.counts.writes, 14);
  EXPECT_EQ(file.counts.read_misses, 11);
  EXPECT_EQ(file.counts.write_misses, 69);
  EXPECT_EQ(file.counts.last_level_misses, 5);
  EXPECT_EQ(file.counts.branches, 7);
  EXPECT_EQ(file.counts.mispredictions, 5);
}

TEST(CallgrindFile, SumsTheLinesOfTheSubmissionAndNoCallees) {
  const auto counts = read(kText).counts;
  ASSERT_EQ(counts.lines.size(), 4U);  // lines 17 and 18, line 90, line 270 of <span>
  const auto writes = counts.worst_line(&LineCost::write_misses);
  ASSERT_TRUE(writes.has_value());
  EXPECT_EQ(writes->file, "transpose.cpp");
  EXPECT_EQ(writes->line, 17);
  EXPECT_EQ(writes->write_misses, 42);
}

TEST(CallgrindFile, NamesNoLineWhereOneOfTheLibraryHasMore) {
  EXPECT_FALSE(read(kText).counts.worst_line(&LineCost::read_misses).has_value());
}

TEST(CallgrindFile, NamesTheWorstLineThoughItHasLessThanHalf) {
  const auto counts = read(R"(events: D1mr D1mw
fl=/home/ada/transpose.cpp
fn=transpose
17 0 40
18 0 35
fi=/usr/include/c++/12/span
270 0 30

totals: 0 105
)")
                          .counts;
  const auto writes = counts.worst_line(&LineCost::write_misses);
  ASSERT_TRUE(writes.has_value());
  EXPECT_EQ(writes->line, 17);
  EXPECT_FALSE(counts.worst_line(&LineCost::read_misses).has_value());  // there are none
}

TEST(CallgrindFile, AFileThatWasCutShortIsNotComplete) {
  const std::string text = kText;
  EXPECT_FALSE(read(text.substr(0, text.find("totals:"))).complete);
  EXPECT_FALSE(read("").complete);
}

}  // namespace
