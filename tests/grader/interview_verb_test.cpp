// kit interview as a person meets it: a whole session, each command, the clock, nudges, leaving and coming back, what is
// refused; and kill -9 between any two statements that write.
#include <sys/ioctl.h>

#include <fstream>
#include <sstream>

#include "tests/grader/interview_session.hpp"

namespace {

namespace fs = std::filesystem;
using kit::InterviewOptions;

constexpr std::int64_t kWall = 1'795'452'000;  // 23 November 2026

InterviewOptions first() {
  InterviewOptions options;
  options.exercise = "first";
  return options;
}

InterviewOptions resume() {
  InterviewOptions options;
  options.resume = true;
  return options;
}

fs::path desk(const InterviewClone& clone) {
  return clone.root() / "work/interviews/0001/mpi/01-first/first.cpp";
}

void write_answer(const InterviewClone& clone, const std::string& text) {
  std::ofstream(desk(clone)) << text;
}

std::vector<std::string> kinds(const InterviewClone& clone, std::int64_t id = 1) {
  std::vector<std::string> all;
  for (const auto& event : clone.log().events(id)) all.push_back(event.kind);
  return all;
}

// The 80 columns that every screen keeps to.
void expect_narrow(const std::string& screen) {
  std::istringstream lines(screen);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(kit::columns(line), 80) << line;
}

// golden/NAME.txt; KIT_RECORD=1 records it anew.
void expect_golden(const std::string& name, const std::string& screen) {
  const fs::path file = fs::path(__FILE__).parent_path() / "golden" / (name + ".txt");
  if (const char* record = std::getenv("KIT_RECORD"); record && *record) {
    std::ofstream(file) << screen;
    return;
  }
  std::ifstream in(file);
  std::stringstream wanted;
  wanted << in.rdbuf();
  EXPECT_EQ(screen, wanted.str()) << "recorded anew with KIT_RECORD=1";
}

// ---- whole sessions -------------------------------------------------------------------------------------------------

TEST(Interview, AWholeOneAsRecorded) {
  InterviewClone clone;
  Session session(clone, first(), 0);
  std::string seen = session.wait_for("without a trace.\n");
  const auto say = [&](const std::string& line, const std::string& until) {
    session.enter(line);
    seen += session.wait_for(until);
  };
  say("", "first.\n");
  say("ask does the root have to be rank 0?", "rank 0?\n");
  say("y", "communicator.\n");
  clone.set_minute(4);
  say("ask is there ECC memory", "go on.\n");
  say("ask 3", "48.\n");
  write_answer(clone, "wrong\n");
  say("run", "before the end.\n");
  say("nudge", "from here.\n");
  clone.set_minute(23);
  say("time", "the examples.\n");
  write_answer(clone, "right\n");
  say("run", "before the end.\n");
  say("note the tree is built from the root", "Noted.\n");
  clone.set_minute(30);
  session.enter("finish");
  say("y", "s to skip.\n");
  say("p-1 messages in ceil(log2 p) rounds", "rounds\n");
  say("the informed double", "double\n");
  say("", "what n is\n");
  say("1 2", "Kept.\n");
  say("s", "equally dear\n");
  say("", "lower it");
  say("", "Suggested");
  say("3", "Suggested");
  seen += (session.enter(""), session.close_input(), session.rest());
  EXPECT_EQ(session.exit_code(), kit::kPassed);
  expect_narrow(seen);
  expect_golden("interview", seen);

  const auto row = clone.log().row(1);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->state, "done");
  EXPECT_TRUE(row->verdict);
  EXPECT_TRUE(row->mid);
  EXPECT_EQ(row->elapsed_ms, 30 * 60'000);
  EXPECT_EQ(clone.log().answers(1).size(), 2U);
  EXPECT_EQ(clone.log().answers(1)[0].text,
            "p-1 messages in ceil(log2 p) rounds\nthe informed double");
  EXPECT_EQ(clone.log().answers(1)[0].said, "1 2");
  EXPECT_EQ(clone.log().answers(1)[1].said, "");
  EXPECT_EQ(clone.log().marks(1).size(), 6U);
}

TEST(Interview, StateAndFoldAgree) {
  InterviewClone clone;
  plain_session(clone, first(), {"", "ask 1", "finish", "n", "run"});
  EXPECT_EQ(clone.log().row(1)->state, kit::fold(clone.log().events(1)).state);
  plain_session(clone, resume(), {"", "finish", "y", "s"});
  EXPECT_EQ(clone.log().row(1)->state, "followups");
  EXPECT_EQ(clone.log().row(1)->state, kit::fold(clone.log().events(1)).state);
}

TEST(Interview, ACommandAtTheQuestionOfComingBackGoesOnAndIsTaken) {
  InterviewClone clone;
  {
    Session session(clone, first(), 80);
    session.wait_for("without a trace.");
    session.enter("");
    session.wait_for("45 min left");
    session.type("note half a th");
    session.wait_for("half a th");
    ::kill(session.pid(), SIGHUP);
    session.exit_code();
  }
  Session again(clone, resume(), 80);
  again.wait_for("x gives it up.");
  again.enter("ask 3");
  again.wait_for("48.");
  // What was begun before is still there to be gone on with.
  again.wait_for("note half a th");
  again.enter("ought");
  again.wait_for("Noted.");
  EXPECT_EQ(kit::fold(clone.log().events(1)).notes, std::vector<std::string>{"half a thought"});
}

// ---- questions ------------------------------------------------------------------------------------------------------

TEST(Interview, ACommandInPlaceOfYesOrNoIsTakenAsTheNextCommand) {
  InterviewClone clone;
  const std::string seen =
      plain_session(clone, first(), {"", "ask the root", "note by doubling", "finish", "time"});
  EXPECT_TRUE(has(seen, "[y/N] note by doubling"));
  EXPECT_TRUE(has(seen, "Noted."));
  EXPECT_TRUE(has(seen, "Minute 0 of 45."));
  EXPECT_EQ(clone.log().row(1)->state, "coding");
}

TEST(Interview, AskListMakesQuestionsPrompted) {
  InterviewClone clone;
  const std::string seen = plain_session(clone, first(), {"", "ask 1", "ask list", "ask 2"});
  EXPECT_TRUE(has(seen, "1 length (asked), 2 root, 3 number of ranks, 4 fast, 5 errors"));
  EXPECT_TRUE(has(seen, "From here on a question counts as prompted."));
  const auto state = kit::fold(clone.log().events(1));
  EXPECT_EQ(state.asked, (std::vector<int>{1, 2}));
  EXPECT_EQ(state.asked_unprompted, std::set<int>{1});
}

TEST(Interview, AnUnclearQuestionNamesTheTopicsItMayMean) {
  InterviewClone clone;
  const std::string seen = plain_session(clone, first(), {"", "ask any rank", "2", "ask 9", "ask"});
  EXPECT_TRUE(has(seen, "Which one? 1, 2, 3 or 5"));
  EXPECT_TRUE(has(seen, "Any rank of the communicator."));
  EXPECT_TRUE(has(seen, "My questions have the numbers 1 to 5."));
  EXPECT_TRUE(has(seen, "Ask what?"));
  EXPECT_TRUE(kit::fold(clone.log().events(1)).asked_unprompted.empty());
}

TEST(Interview, ASentenceWithAQuestionMarkIsAQuestion) {
  InterviewClone clone;
  EXPECT_TRUE(
      has(plain_session(clone, first(), {"", "how fast should it be?", "y"}), "Few rounds."));
}

TEST(Interview, ADeclinedOfferIsNotOnTheSheet) {
  InterviewClone clone;
  EXPECT_TRUE(has(plain_session(clone, first(), {"", "ask how fast should it be", "n"}),
                  "Not on my sheet."));
  EXPECT_EQ(kit::fold(clone.log().events(1)).unknown_questions.size(), 1U);
}

// ---- running --------------------------------------------------------------------------------------------------------

TEST(Interview, RunShowsTheFirstDifferenceAndNoTestName) {
  InterviewClone clone;
  Session session(clone, first(), 0);
  session.enter("");
  session.wait_for("first.\n");
  write_answer(clone, "wrong\n");
  session.enter("run");
  const std::string seen = session.wait_for("before the end.");
  EXPECT_TRUE(has(seen, "  ok       4 ranks, root 0"));
  EXPECT_TRUE(has(seen, "  differs  5 ranks, root 3"));
  EXPECT_TRUE(has(seen, "           rank 1 never got them"));
  EXPECT_TRUE(has(seen, "1 of 2."));
  for (const char* hidden : {"Correct.", "Robust", "Cost", "MPI_Send to 1", "score"})
    EXPECT_EQ(seen.find(hidden), std::string::npos) << hidden;
}

TEST(Interview, RunShowsTheFirstErrorAndMTheRest) {
  InterviewClone clone;
  Session session(clone, first(), 0);
  session.enter("");
  session.wait_for("first.\n");
  write_answer(clone, "syntax\n");
  session.enter("run");
  std::string seen = session.wait_for("compiler said.\n");
  EXPECT_TRUE(has(seen, "It doesn't compile. First of 2 errors:"));
  EXPECT_TRUE(has(seen, "first.cpp:22:15  'parnet' was not declared"));
  EXPECT_EQ(seen.find("expected ';'"), std::string::npos);
  session.enter("m");
  EXPECT_TRUE(has(session.wait_for("expected ';'"), "parnet"));
}

TEST(Interview, WhatTheKitCouldNotRunIsNotCounted) {
  InterviewClone clone;
  Session session(clone, first(), 0);
  session.enter("");
  session.wait_for("first.\n");
  write_answer(clone, "broken kit\n");
  session.enter("run");
  session.wait_for("this is not counted");
  EXPECT_EQ(kit::fold(clone.log().events(1)).runs, 0);
}

TEST(Interview, EachRunKeepsTheFiles) {
  InterviewClone clone;
  Session session(clone, first(), 0);
  session.enter("");
  session.wait_for("first.\n");
  write_answer(clone, "wrong one\n");
  session.enter("run");
  session.wait_for("before the end.");
  const auto events = clone.log().events(1);
  EXPECT_EQ(events.back().kind, "ran");
  EXPECT_EQ(clone.log().snapshot(1, events.back().seq).at("first.cpp"), "wrong one\n");
}

// ---- nudges and quiet -----------------------------------------------------------------------------------------------

TEST(Interview, NudgesComeInOrderAndAreCounted) {
  InterviewClone clone;
  const std::string seen = plain_session(clone, first(), {"", "nudge", "nudge", "nudge"});
  EXPECT_TRUE(has(seen, "Counted: cost is at most 3 from here."));
  EXPECT_TRUE(has(seen, "Counted: correctness is at most 3 from here."));
  EXPECT_TRUE(has(seen, "I have said all I would say."));
}

TEST(Interview, QuietBringsACheckInThenTheNudgeItself) {
  InterviewClone clone;
  Session session(clone, first(), 80);
  session.wait_for("without a trace.");
  session.enter("");
  session.wait_for("45 min left");
  clone.set_minute(6.5);
  EXPECT_TRUE(has(session.wait_for("it counts.)"), "(You have been quiet for 6 minutes."));
  clone.set_minute(13);
  EXPECT_TRUE(
      has(session.wait_for("Counted: cost is at most 3 from here."), "two ranks have the data"));
  EXPECT_EQ(kinds(clone), (std::vector<std::string>{"started", "checked_in", "nudged"}));
}

TEST(Interview, AKeyOrASaveEndsTheQuiet) {
  InterviewClone clone;
  Session session(clone, first(), 80);
  session.wait_for("without a trace.");
  session.enter("");
  session.wait_for("45 min left");
  clone.set_minute(5);
  write_answer(clone, "wrong\n");
  for (int i = 0; i < 200 && clone.log().events(1).size() < 2; ++i) ::usleep(50'000);
  EXPECT_EQ(kinds(clone), (std::vector<std::string>{"started", "saved"}));
  clone.set_minute(10);
  session.type("x");
  session.wait_for("x");
  ::usleep(2'500'000);  // two ticks: nothing may come of it
  EXPECT_EQ(kinds(clone), (std::vector<std::string>{"started", "saved"}));
}

TEST(Interview, QuietOptionLeavesYouAlone) {
  InterviewClone clone;
  InterviewOptions options = first();
  options.quiet = true;
  Session session(clone, options, 80);
  session.wait_for("without a trace.");
  session.enter("");
  session.wait_for("45 min left");
  clone.set_minute(20);
  ::usleep(2'500'000);
  EXPECT_EQ(kinds(clone), std::vector<std::string>{"started"});
}

// ---- the clock ------------------------------------------------------------------------------------------------------

TEST(Interview, TheClockSpeaksAtHalfFiveOneAndTheEnd) {
  InterviewClone clone;
  InterviewOptions options = first();
  options.quiet = true;
  Session session(clone, options, 80);
  session.wait_for("without a trace.");
  session.enter("");
  session.wait_for("45 min left");
  clone.set_minute(23);
  EXPECT_TRUE(has(session.wait_for("passes the"),
                  "Half of the time. The plan by minute 25: first version"));
  EXPECT_TRUE(has(session.wait_for("22 min left"), ""));
  clone.set_minute(40.5);
  session.wait_for("5 minutes.");
  clone.set_minute(44.2);
  session.wait_for("1 minute.");
  clone.set_minute(46);
  session.wait_for("What would you like?");
  session.wait_for("f or c > ");
  session.enter("x");
  session.wait_for("f finishes");
  session.enter("c");
  session.wait_for("over time, 0 min");
  clone.set_minute(49);
  session.enter("time");
  session.wait_for("over time, 3 min");
  EXPECT_EQ(clone.log().row(1)->state, "overtime");
}

TEST(Interview, FAtTheEndGradesAsItIs) {
  InterviewClone clone;
  Session session(clone, first(), 0);
  session.enter("");
  session.enter("time");
  session.wait_for("Minute 0 of 45.");  // now the clock is on
  clone.set_minute(50);
  session.enter("time");
  session.wait_for("What would you like?");
  session.enter("f");
  session.wait_for("Follow-up 1 of 2.");
  EXPECT_EQ(clone.log().row(1)->elapsed_ms, 45 * 60'000);
}

TEST(Interview, ClockOffHidesItTimeStillAnswers) {
  InterviewClone clone;
  Session session(clone, first(), 80);
  session.wait_for("without a trace.");
  session.enter("");
  session.wait_for("45 min left");
  session.enter("clock off");
  session.wait_for("still answers.");
  session.enter("time");
  const std::string seen = session.wait_for("Minute 0 of 45.");
  EXPECT_EQ(seen.find("min left"), std::string::npos);
}

// ---- leaving and coming back ----------------------------------------------------------------------------------------

TEST(Interview, QBeforeTheStartLeavesNoTrace) {
  InterviewClone clone;
  int code = -1;
  plain_session(clone, first(), {"q"}, &code);
  EXPECT_EQ(code, kit::kPassed);
  EXPECT_TRUE(clone.log().all().empty());
  EXPECT_FALSE(fs::exists(clone.root() / "work/interviews/0001"));
}

TEST(Interview, CtrlCTwiceLeavesOnceSaysHow) {
  InterviewClone clone;
  Session session(clone, first(), 80);
  session.wait_for("without a trace.");
  session.enter("");
  session.wait_for("45 min left");
  session.type("\x03");
  session.wait_for(
      "Ctrl-C again within 3 seconds leaves. Nothing is lost: ./kit interview --resume");
  clone.set_ms(10'000);  // ten seconds later it is a first one again
  session.type("\x03");
  session.wait_for("Ctrl-C again");
  session.type("\x03");
  EXPECT_EQ(session.exit_code(), 128 + SIGINT);
  EXPECT_EQ(clone.log().row(1)->state, "coding");
  EXPECT_EQ(kinds(clone).back(), "interrupted");
}

TEST(Interview, CtrlDOnAnEmptyLineLeaves) {
  InterviewClone clone;
  Session session(clone, first(), 80);
  session.wait_for("without a trace.");
  session.enter("");
  session.wait_for("45 min left");
  session.type("abc\x04");  // not empty: no
  session.type("\x15");     // Ctrl-U
  session.type("\x04");
  EXPECT_EQ(session.exit_code(), kit::kNotPassed);
}

TEST(Interview, CtrlCStopsARunAndTheSessionGoesOn) {
  InterviewClone clone;
  Session session(clone, first(), 80);
  session.wait_for("without a trace.");
  session.enter("");
  session.wait_for("45 min left");
  write_answer(clone, "hang\n");
  session.enter("run");
  session.wait_for("run");
  ::usleep(300'000);
  session.type("\x03");
  session.wait_for("Stopped.");
  session.enter("finish");
  session.wait_for("[y/N]");
  session.enter("y");
  session.wait_for("Grading all of it");
  ::usleep(300'000);
  session.type("\x03");
  session.wait_for("`finish` grades it again.");
  EXPECT_EQ(clone.log().row(1)->state, "coding");
  write_answer(clone, "right\n");
  session.enter("finish");
  session.wait_for("[y/N]");
  session.enter("y");
  session.wait_for("Follow-up 1 of 2.");
}

TEST(Interview, AClosedTerminalLosesNothing) {
  InterviewClone clone;
  {
    Session session(clone, first(), 80);
    session.wait_for("without a trace.");
    session.enter("");
    session.wait_for("45 min left");
    session.enter("ask 2");
    session.wait_for("communicator.");
    clone.set_minute(18.2);
    session.type("note half a th");
    session.wait_for("half a th");
    session.close_input();
    EXPECT_EQ(session.exit_code(), 128 + SIGHUP);
  }
  EXPECT_EQ(kinds(clone).back(), "interrupted");
  EXPECT_EQ(clone.log().draft(1, "prompt"), "note half a th");

  Session again(clone, resume(), 80, kWall + 130 * 60);
  std::string seen = again.wait_for("x gives it up.");
  EXPECT_TRUE(has(seen, "left 2 h 10 min ago at minute 18 of 45."));
  EXPECT_TRUE(has(seen, "interrupted once, 130 minutes"));
  EXPECT_TRUE(has(seen, "You had asked 2."));
  clone.set_minute(60);  // while it waits the clock stands
  again.enter("v");
  EXPECT_TRUE(has(again.wait_for("communicator."), "We have p processes"));
  again.enter("");
  again.wait_for("note half a th");
  again.enter("ought");
  again.wait_for("Noted.");
  again.wait_for("27 min left");
  EXPECT_EQ(kit::fold(clone.log().events(1)).notes, std::vector<std::string>{"half a thought"});
}

TEST(Interview, AKilledOneSaysSoAtResume) {
  InterviewClone clone;
  {
    Session session(clone, first(), 80);
    session.wait_for("without a trace.");
    session.enter("");
    session.wait_for("45 min left");
    ::kill(session.pid(), SIGKILL);
    session.exit_code();
  }
  EXPECT_EQ(kinds(clone), std::vector<std::string>{"started"});
  const std::string seen = plain_session(clone, resume(), {"x"});
  EXPECT_TRUE(has(seen, "Given up."));
  EXPECT_EQ(kinds(clone), (std::vector<std::string>{"started", "interrupted", "given_up"}));
  EXPECT_EQ(clone.log().row(1)->state, "given_up");
  EXPECT_TRUE(fs::exists(desk(clone)));
}

TEST(Interview, FollowUpsGoOnWhereTheyWere) {
  InterviewClone clone;
  plain_session(clone, first(), {"", "finish", "y", "two rounds", "and a proof"});
  EXPECT_EQ(clone.log().row(1)->state, "followups");
  EXPECT_EQ(clone.log().draft(1, "follow-up-1"), "two rounds\nand a proof\n");
  std::string seen = plain_session(clone, resume(), {"", "", "3", "x y", "1"});
  EXPECT_TRUE(has(seen, "Typed before:"));
  EXPECT_TRUE(has(seen, "1 of 3. Kept."));
  EXPECT_EQ(clone.log().answers(1)[0].text, "two rounds\nand a proof");
  EXPECT_EQ(clone.log().answers(1)[0].said, "3");
}

TEST(Interview, EndOfInputIsLeaving) {
  InterviewClone clone;
  int code = -1;
  const std::string seen = plain_session(clone, first(), {"", "ask 1"}, &code);
  EXPECT_EQ(code, kit::kNotPassed);
  EXPECT_TRUE(has(seen, "Nothing is lost: ./kit interview --resume"));
}

TEST(Interview, AResizedWindowGetsItsLineAgain) {
  InterviewClone clone;
  Session session(clone, first(), 120);
  session.wait_for("without a trace.");
  session.enter("");
  const std::string wide = session.wait_for("45 min left");
  // 80 columns are the most, also where there are more.
  EXPECT_EQ(kit::columns(wide.substr(wide.rfind("> "))), 79);
  session.type("ask");
  session.resize(40);
  const std::string narrow = session.wait_for("45 min left");
  EXPECT_TRUE(has(narrow, "> ask"));
  session.resize(20);  // no room for the clock beside what is typed
  session.type(" the");
  ::usleep(1'500'000);
  session.enter(" root 1");
  // A question that leaves no room for its answer in 20 columns stands in lines of its own.
  session.wait_for("root be any rank?");
}

TEST(Interview, ALongLineShowsItsEnd) {
  InterviewClone clone;
  Session session(clone, first(), 40);
  session.wait_for("without a trace.");
  session.enter("");
  session.wait_for("45 min left");
  session.type("note " + std::string(30, 'a') + std::string(30, 'b') + "end");
  const std::string seen = session.wait_for("bbbend");
  EXPECT_EQ(seen.substr(seen.rfind('\r')).find("aaaaaaaa"), std::string::npos);
  session.type("\x7f\x7f\x7f\x17");  // backspace three times, then the word
  session.enter("x\xc3\xbcy\x7f");   // and a letter of two bytes stays whole
  session.wait_for("Noted.");
  EXPECT_EQ(kit::fold(clone.log().events(1)).notes, std::vector<std::string>{"x\xc3\xbc"});
}

TEST(Interview, ArrowKeysDoNoHarm) {
  InterviewClone clone;
  Session session(clone, first(), 80);
  session.wait_for("without a trace.");
  session.enter("");
  session.wait_for("45 min left");
  session.enter("no\x1b[A\x1b[1;5Cte\x1bOP hello");
  session.wait_for("Noted.");
  EXPECT_EQ(kit::fold(clone.log().events(1)).notes, std::vector<std::string>{"hello"});
}

// ---- marks ----------------------------------------------------------------------------------------------------------

TEST(Interview, CodeCanBeLoweredNotRaisedAndPaceIsBoundOverTime) {
  InterviewClone clone;
  Session session(clone, first(), 0);
  session.enter("");
  session.wait_for("first.\n");
  write_answer(clone, "right\n");
  session.enter("run");
  session.wait_for("before the end.");
  clone.set_minute(46);
  for (const char* line : {"time", "c", "finish", "y", "s", "s", "5", "3", "", "4", "2"})
    session.enter(line);
  session.close_input();
  const std::string seen = session.rest();
  EXPECT_TRUE(has(seen, "A level from 1 to 4, or Enter for the one suggested."));
  EXPECT_TRUE(has(seen, "carried on over time"));
  EXPECT_TRUE(has(seen, "It may be lowered, not raised: 1 to 2, or Enter."));
  EXPECT_TRUE(has(seen, "Recommendation: "));
  EXPECT_TRUE(has(seen, "One session, no interviewer in the room"));
}

TEST(Interview, AProblemMetBeforeIsSaid) {
  InterviewClone clone;
  kit::Attempt attempt;
  attempt.exercise = "mpi/01-first";
  attempt.at = 1'793'700'000;
  attempt.source = "yours";
  attempt.verdict = "passed";
  kit::History(clone.workspace()).add(attempt, {});
  const std::string seen =
      plain_session(clone, first(), {"", "finish", "y", "s", "s", "", "", "", ""});
  EXPECT_TRUE(has(seen, "You had met this problem (passed on 3 November 2026)"));
}

// ---- refusals -------------------------------------------------------------------------------------------------------

TEST(Interview, IsRefusedWithItsMend) {
  InterviewClone clone;
  int code = -1;
  EXPECT_TRUE(has(plain_session(clone, resume(), {}, &code), "No interview is open."));
  EXPECT_EQ(code, 2);
  InterviewOptions options = first();
  options.exercise = "nonsense";
  EXPECT_TRUE(has(plain_session(clone, options, {}, &code), "No exercise matches \"nonsense\""));
  EXPECT_EQ(code, 2);
  clone.write("exercises/mpi/02-second/interview.md", "## Follow-ups\n");
  options.exercise = "second";
  EXPECT_TRUE(
      has(plain_session(clone, options, {}, &code), "mpi/02-second has no interview sheet yet."));
  InterviewOptions short_one;
  short_one.minutes = 10;
  EXPECT_TRUE(
      has(plain_session(clone, short_one, {}, &code), "No exercise is given in 10 minutes"));
  InterviewOptions give_up;
  give_up.give_up = 4;
  EXPECT_TRUE(has(plain_session(clone, give_up, {}, &code), "No interview 4 is open."));
  EXPECT_EQ(code, 2);
}

TEST(Interview, OneAtATime) {
  InterviewClone clone;
  Session session(clone, first(), 80);
  session.wait_for("without a trace.");
  session.enter("");
  session.wait_for("45 min left");
  int code = -1;
  EXPECT_TRUE(
      has(plain_session(clone, first(), {}, &code),
          fmt::format("Interview 1 is open in another terminal (process {}).", session.pid())));
  EXPECT_EQ(code, 2);
  ::kill(session.pid(), SIGKILL);
  session.exit_code();
  std::string seen = plain_session(clone, first(), {}, &code);
  EXPECT_TRUE(has(seen, "Interview 1 is open (minute 0 of 45)."));
  EXPECT_TRUE(has(seen, "--resume goes on, --give-up 1 closes it."));
  InterviewOptions give_up;
  give_up.give_up = 1;
  EXPECT_TRUE(has(plain_session(clone, give_up, {}, &code), "Interview 1 is closed."));
  EXPECT_EQ(code, 0);
  EXPECT_TRUE(has(plain_session(clone, first(), {"q"}, &code), "Mock interview 2"));
}

TEST(Interview, HintsAndSolutionsWaitForItsEnd) {
  InterviewClone clone;
  plain_session(clone, first(), {"", "ask 1"});
  EXPECT_THROW(kit::refuse_during_interview(clone.workspace(), "mpi/01-first"), kit::KitError);
  EXPECT_NO_THROW(kit::refuse_during_interview(clone.workspace(), "mpi/02-second"));
  plain_session(clone, resume(), {"x"});
  EXPECT_NO_THROW(kit::refuse_during_interview(clone.workspace(), "mpi/01-first"));
}

TEST(Interview, WithoutATerminalItNeedsPlain) {
  InterviewClone clone;
  const kit::Workspace workspace = clone.workspace();
  const kit::Catalogue catalogue(workspace);
  const kit::Terminal terminal(kit::ColourWish::never);
  if (terminal.interactive()) GTEST_SKIP() << "standard input is a terminal here";
  EXPECT_THROW(
      kit::interview(kit::Context{workspace, catalogue, terminal}, first(), scripted_tools()),
      kit::KitError);
}

TEST(Interview, UnknownWordsShowTheCommands) {
  InterviewClone clone;
  const std::string seen = plain_session(clone, first(), {"", "tests", "help", "m", "note"});
  EXPECT_TRUE(has(seen, "\"tests\" is no command here."));
  EXPECT_TRUE(has(seen, "The compiler has said no more."));
  EXPECT_TRUE(has(seen, "note TEXT keeps a sentence"));
}

TEST(Interview, TheDeskIsItsOwn) {
  InterviewClone clone;
  clone.write("work/mpi/01-first/first.cpp", "mine\n");
  plain_session(clone, first(), {"", "ask 1"});
  std::ifstream mine(clone.root() / "work/mpi/01-first/first.cpp");
  std::string text;
  std::getline(mine, text);
  EXPECT_EQ(text, "mine");
  EXPECT_TRUE(fs::exists(desk(clone).parent_path() / "contract.hpp"));
}

// ---- the design round -----------------------------------------------------------------------------------------------

InterviewOptions design(const std::string& problem = "") {
  InterviewOptions options;
  options.design = true;
  options.problem = problem;
  return options;
}

void write_problems(const InterviewClone& clone) {
  for (const char* id : {"one", "two"}) {
    clone.write(std::string("exercises/design/") + id + "/problem.md",
                std::string("# Design problem: number ") + id +
                    "\n\n## Prompt\nBuild it. It must not lose data.\n\n## Answers\n"
                    "### 1. size: How large is it?\n8 TB.\n### 2. copies: How many copies are "
                    "there?\nThree.\n"
                    "\n## Traps\n- Averages.\n\n## Strong\n- A bound.\n");
  }
  clone.write(
      "exercises/design/template.md",
      "# DESIGN: TITLE\n\n## Problem\n<!-- What hurts? -->\n\n## Requirements\n<!-- R1: -->\n");
}

TEST(DesignRound, AWholeOneAsRecorded) {
  InterviewClone clone;
  write_problems(clone);
  std::vector<std::string> lines = {
      "", "ask how many copies", "y", "check", "note three racks", "time", "finish", "y"};
  for (int i = 0; i < 10; ++i) lines.emplace_back(i == 3 ? "what" : "p");
  lines.emplace_back("y");
  for (int i = 0; i < 6; ++i) lines.emplace_back("");
  int code = -1;
  const std::string seen = plain_session(clone, design("one"), lines, &code);
  EXPECT_EQ(code, kit::kPassed);
  expect_narrow(seen);
  expect_golden("design_round", seen);
  const auto row = clone.log().row(1);
  ASSERT_TRUE(row);
  EXPECT_EQ(row->kind, "design");
  EXPECT_EQ(row->minutes, 60);
  EXPECT_EQ(row->state, "done");
  EXPECT_EQ(kit::fold(clone.log().events(1)).state, "done");
  std::ifstream document(clone.root() / row->desk / "DESIGN.md");
  std::stringstream text;
  text << document.rdbuf();
  EXPECT_TRUE(has(text.str(), "<!-- Build it. It must not lose data. -->"));
  EXPECT_TRUE(has(text.str(), "# DESIGN: number one"));
}

TEST(DesignRound, TheOneNotDoneYetComesNext) {
  InterviewClone clone;
  write_problems(clone);
  plain_session(clone, design("two"), {"", "ask 1"});
  EXPECT_TRUE(has(plain_session(clone, design(), {}), "Design round 1 is open"));
  plain_session(clone, resume(), {"x"});
  EXPECT_TRUE(has(plain_session(clone, design(), {"q"}), "one: number one"));
}

TEST(DesignRound, GoesOnInTheMiddleOfTheChecklist) {
  InterviewClone clone;
  write_problems(clone);
  plain_session(clone, design("one"), {"", "finish", "y", "y", "p", "n"});
  EXPECT_EQ(clone.log().row(1)->state, "marking");
  const std::string seen = plain_session(clone, resume(), {"", "y"});
  EXPECT_TRUE(has(seen, "   4  each number is from a source"));
  EXPECT_EQ(seen.find("   3  a reader"), std::string::npos);
}

TEST(DesignRound, AnUnknownProblemListsThem) {
  InterviewClone clone;
  write_problems(clone);
  int code = -1;
  EXPECT_TRUE(has(plain_session(clone, design("three"), {}, &code), "There are: one, two"));
  EXPECT_EQ(code, 2);
}

// ---- killed between any two statements ------------------------------------------------------------------------------

int statements_left = 0;

// What must be the same however often it was killed.
std::string final_rows(const InterviewClone& clone) {
  const auto log = clone.log();
  std::string text;
  for (const auto& event : log.events(1)) {
    if (event.kind == "interrupted" || event.kind == "resumed") continue;
    std::string data = event.data;
    if (const auto at = data.find("\"attempt\":"); at != std::string::npos)
      data.erase(at, data.find(',', at) - at);
    text += event.kind + " " + data + "\n";
  }
  for (const auto& one : log.answers(1)) text += one.text + " / " + one.said.value_or("?") + "\n";
  for (const auto& one : log.marks(1))
    text += fmt::format("{} {} {} {}\n", one.dimension, one.computed.value_or(0),
                        one.self.value_or(0), one.reason);
  const auto row = log.row(1);
  text += row ? fmt::format("{} {:.2f} {:.2f} {:.2f}\n", row->state, row->low.value_or(0),
                            row->mid.value_or(0), row->high.value_or(0))
              : "no row\n";
  return text;
}

// The lines still to be said, from what is stored.
std::vector<std::string> remaining(const InterviewClone& clone) {
  static const std::vector<std::vector<std::string>> kSteps = {
      {""}, {"ask 1"}, {"run"}, {"nudge"}, {"finish", "y"}, {}, {"my answer", ""}, {"1"}, {"s"},
      {},   {},        {""},    {"3"},     {"2"},           {}};
  const auto log = clone.log();
  std::size_t done = 0;
  for (const auto& event : log.events(1))
    done += event.kind != "interrupted" && event.kind != "resumed" ? 1 : 0;
  std::vector<std::string> lines;
  if (done > 0) lines.emplace_back("");  // goes on
  for (std::size_t i = done; i < kSteps.size(); ++i) {
    std::vector<std::string> step = kSteps[i];
    if (i == done && i == 6 && !log.draft(1, "follow-up-1").empty()) step = {""};
    lines.insert(lines.end(), step.begin(), step.end());
  }
  return lines;
}

// Returns whether it came to its end.
bool session_killed_at(const InterviewClone& clone, int statement) {
  const auto row = clone.log().row(1);
  const std::vector<std::string> lines = remaining(clone);
  Session session(clone, row ? resume() : first(), 0, kWall, [statement] {
    statements_left = statement;
    kit::before_writing = [] {
      if (statements_left > 0 && --statements_left == 0) ::kill(::getpid(), SIGKILL);
    };
  });
  for (const std::string& line : lines) session.offer(line);
  session.close_input();
  session.rest();
  return session.exit_code() != -SIGKILL;
}

TEST(Interview, KilledBetweenAnyTwoStatementsItLosesNothing) {
  ::signal(SIGPIPE, SIG_IGN);
  InterviewClone whole;
  ASSERT_TRUE(session_killed_at(whole, 0));
  const std::string wanted = final_rows(whole);
  ASSERT_TRUE(has(wanted, "done"));
  // Every one of them, and a second one in the session that follows.
  int kills = 0;
  for (int statement = 1;; ++statement) {
    InterviewClone clone;
    if (session_killed_at(clone, statement)) break;
    ++kills;
    session_killed_at(clone, 7 + statement % 11);
    for (int i = 0; i < 4 && clone.log().row(1) && clone.log().row(1)->state != "done"; ++i)
      session_killed_at(clone, 0);
    if (!clone.log().row(1)) session_killed_at(clone, 0);
    EXPECT_EQ(final_rows(clone), wanted) << "killed at statement " << statement;
    if (HasFailure()) break;
  }
  EXPECT_GT(kills, 60);
}

}  // namespace
