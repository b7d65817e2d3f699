// Where one stands: begun, passed, the date to be ready for.
#include "grader/ladder.hpp"

#include <gtest/gtest.h>

#include <ctime>

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
  SmallClone clone_;
  kit::Workspace workspace_ = clone_.workspace();
  kit::Catalogue catalogue_{workspace_};
  kit::History history_{workspace_};
};

TEST_F(LadderTest, CountsWhatIsPassed) {
  ASSERT_TRUE(catalogue_.errors().empty()) << catalogue_.errors()[0].what();
  EXPECT_TRUE(ladder().untouched());
  graded("mpi/01-first", "passed", 100, kToday - kDay);
  EXPECT_FALSE(ladder().untouched());
  EXPECT_EQ(ladder().passed("mpi"), 1);
  EXPECT_EQ(ladder().total("mpi"), 2);
  EXPECT_EQ(ladder().passed("cache"), 0);
}

TEST_F(LadderTest, SeesTheDeskThatTheHistoryDoesNotKnow) {
  clone_.write("work/cache/01-third/third.cpp", "// mine\n");
  EXPECT_TRUE(ladder().standing(*catalogue_.select({"cache/01-third"})[0]).started);
  EXPECT_FALSE(ladder().untouched());
}

TEST_F(LadderTest, KeepsTheDateUntilItIsPast) {
  EXPECT_FALSE(ladder().deadline());
  const kit::Day today = kit::day_of(kToday);
  kit::keep_deadline(history_, today + 5);
  ASSERT_TRUE(ladder().deadline());
  EXPECT_EQ(ladder().deadline()->day, today + 5);
  EXPECT_EQ(ladder().deadline()->given, today);
  ::setenv("KIT_NOW", std::to_string(kToday + 6 * kDay).c_str(), 1);
  EXPECT_FALSE(ladder().deadline());
  kit::keep_deadline(history_, kit::day_of(kToday) + 50);
  EXPECT_TRUE(ladder().deadline());
  kit::keep_deadline(history_, std::nullopt);
  EXPECT_FALSE(ladder().deadline());
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
