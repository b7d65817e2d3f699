// What is proposed next, and why: the choice on cards made by hand, the sentences on a small clone.
#include "grader/proposal.hpp"

#include <gtest/gtest.h>

#include <ctime>

#include "tests/grader/small_clone.hpp"

namespace {

using kit::Card;
using kit::Choice;
using kit::Grade;
using kit::Moment;

constexpr std::int64_t kToday = 1'699'963'200;  // noon in Greenwich, 14 November 2023, a Tuesday
constexpr std::int64_t kDay = 86'400;

// ---- the choice ----

class ChoiceTest : public testing::Test {
 protected:
  ChoiceTest() { moment_.today = 1'000; }

  kit::Exercise& exercise(const std::string& area, const std::string& name, int level,
                          int minutes) {
    exercises_.push_back(std::make_unique<kit::Exercise>());
    kit::Exercise& made = *exercises_.back();
    made.area = area;
    made.name = name;
    made.id = area + "/" + name;
    made.level = level;
    made.minutes = minutes;
    Card card;
    card.exercise = &made;
    cards_.push_back(card);
    return made;
  }
  Card& repeated(const std::string& name, int minutes, kit::Day last, kit::Memory memory) {
    exercise("mpi", name, 2, minutes);
    Card& card = cards_.back();
    card.passed = true;
    card.memory = memory;
    card.last = last;
    return card;
  }
  std::string chosen() {
    const auto choice = kit::choose(cards_, moment_);
    return choice ? cards_[choice->card].exercise->name : "none";
  }

  // The three of the table: A good 5 days ago; C hard, then again 4 days later, 3 days ago; B good, good
  // two days later, 9 days ago.
  void table() {
    repeated("A", 30, 995, kit::first_memory(Grade::good));
    repeated("C", 25, 997, kit::next_memory(kit::first_memory(Grade::hard), 4, Grade::again));
    repeated("B", 30, 991, kit::next_memory(kit::first_memory(Grade::good), 2, Grade::good));
  }

  std::vector<std::unique_ptr<kit::Exercise>> exercises_;
  std::vector<Card> cards_;
  Moment moment_;
};

TEST_F(ChoiceTest, TakesTheFaintestFirst) {
  table();
  EXPECT_NEAR(cards_[0].recall_on(1'000), 0.8389, 5e-5);
  EXPECT_NEAR(cards_[1].recall_on(1'000), 0.7324, 5e-5);
  EXPECT_NEAR(cards_[2].recall_on(1'000), 0.9130, 5e-5);
  EXPECT_EQ(chosen(), "C");
  cards_[1].skipped = true;
  EXPECT_EQ(chosen(), "A");
}

TEST_F(ChoiceTest, TakesWithADateWhatAMinuteGainsMost) {
  table();
  moment_.deadline = kit::Deadline{1'020, 1'000};
  EXPECT_NEAR(cards_[0].recall_on(1'020), 0.6850, 5e-5);
  EXPECT_NEAR(kit::recall_after_good(cards_[0], 1'000, 1'020), 0.8933, 5e-5);
  EXPECT_NEAR(kit::gain_a_minute(cards_[0], 1'000, *moment_.deadline), 0.00694, 5e-6);
  EXPECT_NEAR(kit::gain_a_minute(cards_[1], 1'000, *moment_.deadline), 0.00682, 5e-6);
  EXPECT_NEAR(kit::gain_a_minute(cards_[2], 1'000, *moment_.deadline), 0.00403, 5e-6);
  EXPECT_EQ(chosen(), "A");
  cards_[0].skipped = cards_[1].skipped = true;
  const auto choice = kit::choose(cards_, moment_);
  ASSERT_TRUE(choice);
  EXPECT_EQ(choice->kind, Choice::Kind::ahead) << "B is not due: 0.913 today, 0.821 on the day";
}

TEST_F(ChoiceTest, AlternatesRepeatedAndNew) {
  table();
  exercise("mpi", "N", 2, 20);
  EXPECT_EQ(chosen(), "C");
  moment_.last_today = Moment::Finished::repetition;
  EXPECT_EQ(chosen(), "N");
  moment_.last_today = Moment::Finished::something_new;
  EXPECT_EQ(chosen(), "C");
}

TEST_F(ChoiceTest, GoesUpOneLevelAtATime) {
  exercise("mpi", "01", 1, 20);
  exercise("mpi", "02", 3, 20);
  exercise("mpi", "03", 2, 20);
  EXPECT_EQ(chosen(), "01");
  cards_[0].passed = true;
  EXPECT_EQ(chosen(), "03");
  cards_[2].passed = true;
  EXPECT_EQ(chosen(), "02");
}

TEST_F(ChoiceTest, TakesTheAreaThatIsBehind) {
  exercise("mpi", "01", 1, 20);
  exercise("mpi", "02", 1, 20);
  exercise("linux", "03", 2, 20);  // the lowest level that the area has
  EXPECT_EQ(chosen(), "01");
  cards_[0].passed = true;
  EXPECT_EQ(chosen(), "03");
}

TEST_F(ChoiceTest, BeginsNothingHardInTheLastDays) {
  exercise("mpi", "01", 3, 20);
  moment_.deadline = kit::Deadline{1'003, 990};
  EXPECT_EQ(chosen(), "none");
  moment_.deadline = kit::Deadline{1'004, 990};
  EXPECT_EQ(chosen(), "01");
  EXPECT_TRUE((kit::Deadline{1'007, 900}.near(1'000))) << "a fifth of the time, at most a week";
  EXPECT_FALSE((kit::Deadline{1'008, 900}.near(1'000)));
}

TEST_F(ChoiceTest, GoesOnWithWhatIsWarm) {
  table();
  exercise("mpi", "N", 2, 20);
  cards_[3].unfinished = true;
  cards_[3].touched = 993 * kDay + kDay / 2;
  EXPECT_EQ(chosen(), "N");
  cards_[3].touched -= kDay;
  EXPECT_EQ(chosen(), "C") << "begun eight days ago: new again";
}

TEST_F(ChoiceTest, HasNothingWhereAllIsSkipped) {
  exercise("mpi", "01", 1, 20);
  cards_[0].skipped = true;
  EXPECT_EQ(chosen(), "none");
}

// ---- the sentences ----

class ProposalTest : public testing::Test {
 protected:
  ProposalTest() {
    ::setenv("TZ", "UTC", 1);
    ::tzset();
    at(0);
  }
  ~ProposalTest() override {
    ::unsetenv("KIT_NOW");
    ::unsetenv("TZ");
    ::tzset();
  }

  void at(int days) {
    now_ = kToday + days * kDay;
    ::setenv("KIT_NOW", std::to_string(now_).c_str(), 1);
  }

  void graded(const std::string& exercise, const std::string& verdict) {
    kit::Attempt attempt;
    attempt.exercise = exercise;
    attempt.at = now_;
    attempt.source = "yours";
    attempt.verdict = verdict;
    attempt.score = verdict == "passed" ? 100 : 40;
    attempt.json = R"({"passed": 9, "total": 14})";
    const auto number = history_.add(
        attempt, {{"first.cpp", "// " + std::to_string(++written_)}, {"claims.txt", "time = ?\n"}});
    history_.add_event(exercise, "grade", std::to_string(number));
  }
  void event(const std::string& exercise, const std::string& kind) {
    history_.add_event(exercise, kind);
  }

  std::string next(bool on_desk = false) {
    const kit::Ladder ladder(workspace_, catalogue_, history_);
    const auto proposal = kit::propose(ladder, on_desk);
    if (!proposal) return "none";
    return proposal->exercise->id + (proposal->from_stub ? " (stub): " : ": ") + proposal->why;
  }
  std::string schedule() {
    const kit::Ladder ladder(workspace_, catalogue_, history_);
    return kit::propose(ladder)->schedule;
  }

  std::int64_t now_ = 0;
  int written_ = 0;
  SmallClone clone_;
  kit::Workspace workspace_ = clone_.workspace();
  kit::Catalogue catalogue_{workspace_};
  kit::History history_{workspace_};
};

TEST_F(ProposalTest, BeginsWithAWarmUp) {
  EXPECT_EQ(next(),
            "mpi/01-first: Nothing solved yet. A warm-up of 20 minutes shows you how the kit "
            "answers.");
}

TEST_F(ProposalTest, GoesOnWithWhatWasBegun) {
  event("mpi/01-first", "start");
  EXPECT_EQ(next(), "mpi/01-first: You worked on it today.");
  graded("mpi/01-first", "failed");
  at(1);
  EXPECT_EQ(next(), "mpi/01-first: You worked on it yesterday; 9 of 14 tests pass.");
  at(3);
  EXPECT_EQ(next(), "mpi/01-first: You worked on it on Tuesday; 9 of 14 tests pass.");
  at(9);
  EXPECT_EQ(next(),
            "mpi/01-first: You didn't get it on 14 November; a second try within days is worth the "
            "most.");
}

TEST_F(ProposalTest, TakesADeskThatTheHistoryDoesNotKnow) {
  clone_.write("work/cache/01-third/third.cpp", "// mine\n");
  EXPECT_EQ(next(), "cache/01-third: It lies on your desk.");
}

TEST_F(ProposalTest, PutsOffForToday) {
  event("mpi/01-first", "start");
  event("mpi/01-first", "skip");
  EXPECT_EQ(next(), "cache/01-third: New: the first step in cache.");
  at(1);
  EXPECT_EQ(next(), "mpi/01-first: You worked on it yesterday.");
}

TEST_F(ProposalTest, SaysWhyItRepeats) {
  event("mpi/01-first", "start");
  event("mpi/01-first", "hint");
  event("mpi/01-first", "hint");
  graded("mpi/01-first", "passed");
  at(1);
  EXPECT_EQ(next(), "mpi/01-first (stub): Solved yesterday with two hints; by the schedule it is due.");
  at(11);
  EXPECT_EQ(next(),
            "mpi/01-first (stub): Solved 11 days ago with two hints; by the schedule it is fading.");
  EXPECT_EQ(schedule(),
            "Last repetitions: hard (14 November). Stability 1.3 days, so about 71 % would come "
            "back today; due since 15 November. Schedule: FSRS-6, default constants, made for flash "
            "cards: take the percentage as an order, not as a truth.");
  EXPECT_EQ(next(true), "cache/01-third: New: the first step in cache.")
      << "a verb that can't ask puts no stub back";
  event("mpi/01-first", "reset");
  EXPECT_EQ(next(true), "mpi/01-first: You began it again from the stub today.");
  graded("mpi/01-first", "passed");
  EXPECT_EQ(next(), "cache/01-third: New: the first step in cache.")
      << "after a repetition something new";
}

TEST_F(ProposalTest, SaysSinceWhenItIsDue) {
  graded("mpi/01-first", "passed");
  at(1);
  EXPECT_EQ(next(), "cache/01-third: New: the first step in cache.");
  at(2);
  EXPECT_EQ(next(), "mpi/01-first (stub): Solved 2 days ago without help; due today.");
  at(5);
  EXPECT_EQ(next(), "mpi/01-first (stub): Solved 5 days ago without help; due since Thursday.");
}

TEST_F(ProposalTest, AsksAgainWithoutTheSolution) {
  event("mpi/01-first", "start");
  event("mpi/01-first", "solution");
  graded("mpi/01-first", "passed");
  at(1);
  EXPECT_EQ(next(),
            "mpi/01-first (stub): You read the solution before it passed; now do it without.");
}

TEST_F(ProposalTest, RepeatsEarlyForADate) {
  graded("mpi/01-first", "passed");
  graded("mpi/02-second", "passed");
  graded("cache/01-third", "passed");
  kit::keep_deadline(history_, kit::day_of(now_) + 60);
  at(1);
  EXPECT_EQ(next(),
            "mpi/01-first (stub): Until 13 January it would fade to about three in five; 20 "
            "minutes now bring that to about three in four.");
}

TEST_F(ProposalTest, NamesWhatTheNewOneBuildsOn) {
  clone_.exercise("cache/02-fourth", "fourth.cpp", "[\"mpi/01-first\"]");
  const kit::Catalogue catalogue(workspace_);
  graded("cache/01-third", "passed");
  graded("mpi/01-first", "passed");
  const auto proposal = kit::propose(kit::Ladder(workspace_, catalogue, history_));
  ASSERT_TRUE(proposal);
  EXPECT_EQ(proposal->exercise->id, "mpi/02-second");
  EXPECT_EQ(proposal->why, "New: the idea of 01-first, which you passed today, returns here.");
}

TEST_F(ProposalTest, FindsAWayOutOfACircle) {
  clone_.exercise("mpi/01-first", "first.cpp", "[\"mpi/02-second\"]");
  clone_.exercise("cache/01-third", "third.cpp", "[\"mpi/02-second\"]");
  const kit::Catalogue catalogue(workspace_);
  const auto proposal = kit::propose(kit::Ladder(workspace_, catalogue, history_));
  ASSERT_TRUE(proposal);
  EXPECT_EQ(proposal->exercise->id, "mpi/01-first");
}

TEST_F(ProposalTest, SaysWhenTheNextIsDue) {
  for (const char* id : {"mpi/01-first", "mpi/02-second", "cache/01-third"}) graded(id, "passed");
  EXPECT_EQ(next(),
            "mpi/01-first (stub): Nothing is due before Thursday; if you want one anyway, this "
            "fades first.");
  EXPECT_EQ(next(true), "none");
}

}  // namespace
