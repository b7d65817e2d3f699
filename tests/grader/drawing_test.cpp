// What the report makes of the pictures that suites leave: the kind comes from the name.
#include "drawing.hpp"

#include <gtest/gtest.h>

namespace {

using namespace kit;

constexpr const char* kGrowth =
    R"({"kind": "growth", "title": "steps for n values", "variable": "n", "unit": "steps",
        "line": "the bound 3 n", "fit": "n^2", "points": [[10, 100, 30, 100], [100, 10000, 300, 10000]]})";
constexpr const char* kMessages = R"({"title": "2 ranks", "ranks": 2, "unit": "rounds", "end": 1,
 "messages": [{"from": 0, "to": 1, "start": 0, "end": 1, "tag": 0, "bytes": 64, "at": "a.cpp:17", "critical": true}],
 "waiting": [], "stuck": []})";

TEST(Drawing, OfAGrowthPlotSaysBothEndsAndTheClass) {
  const auto drawn = draw({"growth-steps.json", kGrowth}, Picture{"growth-steps.json", kGrowth});
  ASSERT_TRUE(drawn);
  EXPECT_EQ(drawn->kind, "growth");
  EXPECT_EQ(drawn->title, "steps for n values");
  EXPECT_EQ(drawn->words,
            "yours: steps at n = 100: 10000, the line is at 300; it grows like n^2; the reference: "
            "steps at n = 100: 10000, the line is at 300; it grows like n^2.");
  EXPECT_NE(drawn->svg.find("<svg"), std::string::npos);
}

TEST(Drawing, OfMessagesStandsAloneWhereTheReferenceWasNotRun) {
  const auto drawn = draw({"messages-p2.json", kMessages}, std::nullopt);
  ASSERT_TRUE(drawn);
  EXPECT_EQ(drawn->kind, "messages");
  EXPECT_EQ(drawn->words, "yours: 1 messages, 1 rounds.");
}

TEST(Drawing, OfWhatCantBeReadIsNone) {
  EXPECT_FALSE(draw({"growth-steps.json", "{}"}, std::nullopt));
  EXPECT_FALSE(draw({"messages-p2.json", "no picture"}, std::nullopt));
  EXPECT_FALSE(draw({"of-another-kind.json", kGrowth}, std::nullopt));
}

}  // namespace
