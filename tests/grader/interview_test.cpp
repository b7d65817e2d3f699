// The follow-ups of an interview sheet.
#include "grader/interview.hpp"

#include <gtest/gtest.h>

#include "tests/grader/scratch.hpp"

namespace {

using Points = std::vector<std::string>;

class FollowUpsTest : public testing::Test {
 protected:
  std::vector<kit::FollowUp> read(const std::string& sheet) {
    scratch_.write("interview.md", sheet);
    return kit::read_follow_ups(scratch_.root() / "interview.md");
  }
  Scratch scratch_;
};

TEST_F(FollowUpsTest, AreReadWithTheirPoints) {
  const auto items = read(
      "# Interview: x\n## Nudges\n### 1. [cost] after 6\n- not a follow-up\n\n"
      "## Follow-ups\n"
      "### 1. [cost] What does it cost, and why?\n"
      "- log2 p rounds,\n"
      "  since the informed double\n"
      "- p - 1 messages\n"
      "- Weak: says \"O(log n)\" and\n"
      "  not what n is\n"
      "### 12. [design] What if?\n"
      "- two levels\n"
      "## Something else\n"
      "### 3. [test] Not here\n");
  ASSERT_EQ(items.size(), 2u);
  EXPECT_EQ(items[0].number, 1);
  EXPECT_EQ(items[0].tag, "cost");
  EXPECT_EQ(items[0].question, "What does it cost, and why?");
  EXPECT_EQ(items[0].points,
            (Points{"log2 p rounds, since the informed double", "p - 1 messages"}));
  EXPECT_EQ(items[0].weak, "says \"O(log n)\" and not what n is");
  EXPECT_EQ(items[1].number, 12);
  EXPECT_EQ(items[1].points, Points{"two levels"});
  EXPECT_EQ(items[1].weak, "");
}

TEST_F(FollowUpsTest, ReadsFilesFromOtherSystems) {
  const auto items = read("## Follow-ups\r\n### 1. [cost] Why?\r\n- because\r\n- Weak: no\r\n");
  ASSERT_EQ(items.size(), 1u);
  EXPECT_EQ(items[0].question, "Why?");
  EXPECT_EQ(items[0].points, Points{"because"});
  EXPECT_EQ(items[0].weak, "no");
}

TEST_F(FollowUpsTest, LeavesOutWhatIsNoFollowUp) {
  EXPECT_TRUE(read("## Follow-ups\n- no question above\n  nor here\n### one [cost] What?\n- a\n### "
                   "1 [cost] What?\n")
                  .empty());
  EXPECT_TRUE(read("").empty());
  EXPECT_TRUE(kit::read_follow_ups(scratch_.root() / "none.md").empty());
}

}  // namespace
