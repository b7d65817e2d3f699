// Attempts and events folded into repetitions: what counts as one, its grade, its minutes.
#include "grader/practice.hpp"

#include <gtest/gtest.h>

#include "grader/calendar.hpp"

namespace {

using kit::Attempt;
using kit::Event;
using kit::Grade;
using kit::Practice;
using kit::Repetition;

constexpr std::int64_t kNoon = 1'699'963'200;  // in Greenwich, 14 November 2023, a Tuesday
constexpr std::int64_t kMinute = 60;
constexpr std::int64_t kDay = 86'400;

class PracticeTest : public testing::Test {
 protected:
  PracticeTest() {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
    exercise_.id = "mpi/03-broadcast";
    exercise_.minutes = 25;
  }
  ~PracticeTest() override {
    ::unsetenv("TZ");
    ::tzset();
  }

  void event(const std::string& kind, std::int64_t at, const std::string& data = "") {
    events_.push_back({at, exercise_.id, kind, data});
  }

  // Grades `text`; the event that goes with it too, as the grader writes both.
  void graded(const std::string& verdict, std::int64_t at, const std::string& text,
              const std::string& source = "yours") {
    Attempt attempt;
    attempt.id = static_cast<std::int64_t>(files_.size()) + 1;
    attempt.at = at;
    attempt.source = source;
    attempt.verdict = verdict;
    attempt.json = R"({"passed": 9, "total": 14})";
    files_[attempt.id] = {{"broadcast.cpp", text}};
    attempts_.insert(attempts_.begin(), attempt);
    event("grade", at, std::to_string(attempt.id));
  }

  Practice practice() {
    return kit::fold_practice(exercise_, attempts_, events_,
                              [this](std::int64_t id) { return files_.at(id); });
  }

  kit::Exercise exercise_;
  std::vector<Attempt> attempts_;
  std::vector<Event> events_;
  std::map<std::int64_t, std::map<std::string, std::string>> files_;
};

Repetition done(bool passed, bool seen, int hints, int failed, std::optional<int> minutes) {
  Repetition r;
  r.passed = passed;
  r.solution_seen = seen;
  r.hints = hints;
  r.failed = failed;
  r.minutes = minutes;
  return r;
}

TEST(GradeOf, FollowsItsTable) {
  EXPECT_EQ(kit::grade_of(done(true, false, 0, 0, 15), 25), Grade::easy);
  EXPECT_EQ(kit::grade_of(done(true, false, 0, 0, 24), 25), Grade::good);
  EXPECT_EQ(kit::grade_of(done(true, false, 0, 0, std::nullopt), 25), Grade::good);
  EXPECT_EQ(kit::grade_of(done(true, false, 1, 3, 30), 25), Grade::good);
  EXPECT_EQ(kit::grade_of(done(true, false, 2, 1, 20), 25), Grade::hard);
  EXPECT_EQ(kit::grade_of(done(true, false, 0, 6, 20), 25), Grade::hard);
  EXPECT_EQ(kit::grade_of(done(true, false, 0, 2, 51), 25), Grade::hard);
  EXPECT_EQ(kit::grade_of(done(true, true, 0, 1, 20), 25), Grade::again);
  EXPECT_EQ(kit::grade_of(done(false, false, 3, 9, 80), 25), Grade::again);
}

TEST_F(PracticeTest, MakesOneRepetitionOfADay) {
  event("start", kNoon);
  event("hint", kNoon + 4 * kMinute, "1");
  graded("failed", kNoon + 9 * kMinute, "a");
  graded("failed", kNoon + 10 * kMinute, "a");  // the same file again is no second failure
  graded("does not compile", kNoon + 11 * kMinute, "b(");
  graded("passed", kNoon + 40 * kMinute, "b");
  event("hint", kNoon + 50 * kMinute, "2");
  event("solution", kNoon + 51 * kMinute);
  graded("failed", kNoon + 60 * kMinute, "c");
  const Practice p = practice();
  ASSERT_EQ(p.repetitions.size(), 1U);
  const Repetition& r = p.repetitions[0];
  EXPECT_TRUE(r.passed);
  EXPECT_FALSE(r.solution_seen) << "it was opened after the pass";
  EXPECT_EQ(r.hints, 1) << "the second came after the pass";
  EXPECT_EQ(r.failed, 1);
  EXPECT_EQ(r.minutes, 21) << "4 + 5 + 1 + 1, and 10 of the gap of 29";
  EXPECT_EQ(r.grade, Grade::good);
  EXPECT_TRUE(p.passed);
  EXPECT_FALSE(p.from_stub);
  EXPECT_NEAR(p.memory().stability, 2.3065, 1e-4);
}

TEST_F(PracticeTest, TakesAnOldPassingFileForNoRepetition) {
  graded("passed", kNoon, "a");
  graded("passed", kNoon + 3 * kDay, "a");
  graded("passed", kNoon + 4 * kDay, "a // and a comment");
  EXPECT_EQ(practice().repetitions.size(), 1U);
  event("reset", kNoon + 5 * kDay, "3");
  EXPECT_TRUE(practice().repeating());
  graded("passed", kNoon + 5 * kDay + kMinute, "a");
  EXPECT_EQ(practice().repetitions.size(), 1U) << "the old file was put back";
  graded("passed", kNoon + 5 * kDay + 2 * kMinute, "b");
  const Practice p = practice();
  ASSERT_EQ(p.repetitions.size(), 2U);
  EXPECT_EQ(p.repetitions[1].day, p.repetitions[0].day + 5);
  EXPECT_FALSE(p.repeating());
}

TEST_F(PracticeTest, CountsADayWithoutAPassAsAgain) {
  event("start", kNoon);
  graded("failed", kNoon, "a");
  graded("passed", kNoon + kDay, "b");
  const Practice p = practice();
  ASSERT_EQ(p.repetitions.size(), 2U);
  EXPECT_EQ(p.repetitions[0].grade, Grade::again);
  EXPECT_EQ(p.repetitions[1].grade, Grade::good);
  const kit::Memory first = kit::first_memory(Grade::again);
  EXPECT_NEAR(p.memory().stability, kit::next_memory(first, 1, Grade::good).stability, 1e-9);
}

TEST_F(PracticeTest, RemembersASolutionReadTheDayBefore) {
  event("start", kNoon);
  event("solution", kNoon + kMinute);
  graded("passed", kNoon + kDay, "a");
  EXPECT_EQ(practice().repetitions.at(0).grade, Grade::again);
  event("reset", kNoon + 2 * kDay);
  graded("passed", kNoon + 2 * kDay + kMinute, "b");
  EXPECT_EQ(practice().repetitions.at(1).grade, Grade::good) << "this time without it";
}

TEST_F(PracticeTest, IgnoresWhatIsNoWholeGradingOfYours) {
  graded("failed (a part)", kNoon, "a");
  graded("passed (without Clean)", kNoon, "b");
  graded("could not be graded", kNoon, "c");
  graded("kept", kNoon, "d");
  graded("passed", kNoon, "e", "elsewhere/");
  const Practice p = practice();
  EXPECT_TRUE(p.repetitions.empty());
  EXPECT_FALSE(p.passed);
}

TEST_F(PracticeTest, EndsADayAtFourInTheMorning) {
  const std::int64_t midnight = kNoon + kDay / 2;
  graded("failed", midnight - kMinute, "a");
  graded("passed", midnight + 3 * 3'600, "b");
  EXPECT_EQ(practice().repetitions.size(), 1U);
  event("reset", midnight + 4 * 3'600);
  graded("failed", midnight + 4 * 3'600, "c");
  EXPECT_EQ(practice().repetitions.size(), 2U);
}

TEST_F(PracticeTest, KnowsWhatIsUnfinished) {
  event("start", kNoon);
  graded("failed", kNoon + kMinute, "a");
  event("skip", kNoon + kDay);
  const Practice p = practice();
  EXPECT_TRUE(p.begun);
  EXPECT_EQ(p.touched, kNoon + kMinute) << "to put it off is not to work on it";
  EXPECT_EQ(p.tests_passed, 9);
  EXPECT_EQ(p.tests_total, 14);
  EXPECT_EQ(p.skipped_on, kit::day_of(kNoon) + 1);
}

TEST_F(PracticeTest, SpeaksOfDays) {
  const kit::Day day = kit::day_of(kNoon);
  EXPECT_EQ(kit::iso_date(day), "2023-11-14");
  EXPECT_EQ(kit::short_date(day), "14 November");
  EXPECT_EQ(kit::weekday(day), "Tuesday");
  EXPECT_EQ(kit::spoken_day(day - 2, day), "Sunday");
  EXPECT_EQ(kit::spoken_day(day - 8, day), "6 November");
  EXPECT_EQ(kit::parse_day("2023-11-14"), day);
  for (const char* wrong : {"2023-11-31", "2023-1-1", "tomorrow", "", "2023-11-14x", "2023/11/14"})
    EXPECT_FALSE(kit::parse_day(wrong)) << wrong;
}

}  // namespace
