// What is proposed next, and why.
#include "grader/ladder.hpp"

#include <gtest/gtest.h>

#include <ctime>

#include "tests/grader/expect_text.hpp"
#include "tests/grader/small_clone.hpp"

namespace {

constexpr std::int64_t kToday = 1'699'963'200;  // noon in Greenwich
constexpr std::int64_t kDay = 86'400;

class LadderTest : public testing::Test {
 protected:
  LadderTest() { ::setenv("KIT_NOW", std::to_string(kToday).c_str(), 1); }
  ~LadderTest() override { ::unsetenv("KIT_NOW"); }

  void graded(const std::string& exercise, const std::string& verdict, int score,
              std::int64_t at = kToday) {
    kit::Attempt attempt;
    attempt.exercise = exercise;
    attempt.at = at;
    attempt.source = "yours";
    attempt.verdict = verdict;
    attempt.score = score;
    history_.add(attempt, {});
  }

  kit::Ladder ladder() { return kit::Ladder(workspace_, catalogue_, history_); }
  std::string next() {
    const auto proposal = ladder().proposal();
    return proposal ? proposal->exercise->id + ": " + proposal->why : "none";
  }

  SmallClone clone_;
  kit::Workspace workspace_ = clone_.workspace();
  kit::Catalogue catalogue_{workspace_};
  kit::History history_{workspace_};
};

TEST_F(LadderTest, BeginsAtTheFirstStep) {
  ASSERT_TRUE(catalogue_.errors().empty()) << catalogue_.errors()[0].what();
  EXPECT_EQ(next(), "mpi/01-first: the first step of the ladder");
  EXPECT_TRUE(ladder().untouched());
}

TEST_F(LadderTest, GoesOnWithWhatThePassedOneCarries) {
  graded("mpi/01-first", "passed", 100, kToday - kDay);
  EXPECT_EQ(next(),
            "mpi/02-second: the idea of 01-first, which you passed yesterday, returns here");
  EXPECT_FALSE(ladder().untouched());
  EXPECT_EQ(ladder().passed("mpi"), 1);
  EXPECT_EQ(ladder().total("mpi"), 2);
  EXPECT_EQ(ladder().passed("cache"), 0);
}

TEST_F(LadderTest, PrefersWhatWasBegunTheLatestFirst) {
  graded("cache/01-third", "failed", 40, kToday - 2 * kDay);
  EXPECT_EQ(next(), "cache/01-third: you worked on it 2 days ago; the best of 1 try has 40 of 100");
  history_.add_event("mpi/01-first", "start");
  EXPECT_EQ(next(), "mpi/01-first: you worked on it today");
  graded("mpi/01-first", "passed", 100);
  graded("cache/01-third", "failed", 80);
  EXPECT_EQ(next(), "cache/01-third: you worked on it today; the best of 2 tries has 80 of 100");
}

TEST_F(LadderTest, SeesTheDeskThatTheHistoryDoesNotKnow) {
  clone_.write("work/cache/01-third/third.cpp", "// mine\n");
  EXPECT_EQ(next(), "cache/01-third: it lies on your desk");
}

TEST_F(LadderTest, PassesOverWhatIsNotReadyYet) {
  clone_.exercise("cache/00-early", "early.cpp", "[\"cache/01-third\"]");
  const kit::Catalogue catalogue(workspace_);
  graded("mpi/01-first", "passed", 100);
  graded("mpi/02-second", "passed", 100);
  const auto proposal = kit::Ladder(workspace_, catalogue, history_).proposal();
  ASSERT_TRUE(proposal);
  EXPECT_EQ(proposal->exercise->id, "cache/01-third");
  EXPECT_EQ(proposal->why, "the first step in cache");
}

TEST_F(LadderTest, AsksForNothingThatDoesNotExist) {
  clone_.exercise("mpi/01-first", "first.cpp", "[\"mpi/00-not-written\"]");
  const kit::Catalogue catalogue(workspace_);
  const auto proposal = kit::Ladder(workspace_, catalogue, history_).proposal();
  ASSERT_TRUE(proposal);
  EXPECT_EQ(proposal->exercise->id, "mpi/01-first");
}

TEST_F(LadderTest, FindsAWayOutOfACircle) {
  clone_.exercise("mpi/01-first", "first.cpp", "[\"mpi/02-second\"]");
  clone_.exercise("cache/01-third", "third.cpp", "[\"mpi/02-second\"]");
  const kit::Catalogue catalogue(workspace_);
  const auto proposal = kit::Ladder(workspace_, catalogue, history_).proposal();
  ASSERT_TRUE(proposal);
  EXPECT_EQ(proposal->exercise->id, "mpi/01-first");
}

TEST_F(LadderTest, EndsWhenAllArePassed) {
  for (const char* id : {"mpi/01-first", "mpi/02-second", "cache/01-third"})
    graded(id, "passed", 100);
  EXPECT_EQ(next(), "none");
}

TEST(DaysAgo, CountsDatesNotHours) {
  ::setenv("TZ", "Europe/Zurich", 1);
  ::tzset();
  EXPECT_EQ(kit::days_ago(kToday, kToday), "today");
  EXPECT_EQ(kit::days_ago(kToday - 20 * 3'600, kToday), "yesterday");
  EXPECT_EQ(kit::days_ago(kToday - 40 * 3'600, kToday), "2 days ago");
  EXPECT_EQ(kit::days_ago(kToday + kDay, kToday), "today") << "a clock that was put back";
  constexpr std::int64_t kAfterSummerTime = 1'698'620'400;  // 30 October 2023, 00:00
  EXPECT_EQ(kit::days_ago(kAfterSummerTime - kDay, kAfterSummerTime), "yesterday");
  ::unsetenv("TZ");
  ::tzset();
}

TEST(Counted, ChoosesTheNoun) {
  EXPECT_EQ(kit::counted(1, "try", "tries"), "1 try");
  EXPECT_EQ(kit::counted(0, "try", "tries"), "0 tries");
}

}  // namespace
