// The learner's verbs on a small clone: their screens, and what they leave on the desk and in the
// history.
#include <gtest/gtest.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>

#include <functional>
#include <sstream>

#include "grader/commands/commands.hpp"
#include "grader/history.hpp"
#include "grader/submission.hpp"
#include "tests/grader/expect_text.hpp"
#include "tests/grader/small_clone.hpp"

namespace {

namespace fs = std::filesystem;
using kit::Context;
using kit::KitError;

using Files = std::map<std::string, std::string>;

class VerbsTest : public testing::Test {
 protected:
  VerbsTest() {
    ::setenv("LC_ALL", "C", 1);
    ::setenv("KIT_NOW", "1699963200", 1);
  }
  ~VerbsTest() override {
    ::unsetenv("LC_ALL");
    ::unsetenv("KIT_NOW");
  }

  // What the verb prints. Its lines are checked here, for all tests.
  std::string screen(const std::function<int(const Context&)>& verb,
                     int expected_code = kit::kPassed) {
    const kit::Catalogue catalogue(workspace_);
    const kit::Terminal terminal(kit::ColourWish::never);
    testing::internal::CaptureStdout();
    int code = -1;
    try {
      code = verb(Context{workspace_, catalogue, terminal});
    } catch (...) {
      testing::internal::GetCapturedStdout();
      throw;
    }
    const std::string text = testing::internal::GetCapturedStdout();
    EXPECT_EQ(code, expected_code) << text;
    EXPECT_EQ(text.find('\033'), std::string::npos) << "colour without a terminal:\n" << text;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      const bool path_alone = line.rfind("/", 0) == 0;
      EXPECT_TRUE(path_alone || kit::columns(line) <= 80) << line;
    }
    return text;
  }

  KitError refusal(const std::function<int(const Context&)>& verb) {
    try {
      const std::string text = screen(verb);
      ADD_FAILURE() << "not refused:\n" << text;
    } catch (const KitError& error) {
      return error;
    }
    return KitError("not refused");
  }

  void write_desk(const std::string& text) { clone_.write("work/mpi/01-first/first.cpp", text); }
  std::string desk() { return read("work/mpi/01-first/first.cpp"); }
  std::string read(const fs::path& file) {
    std::ifstream in(workspace_.root / file);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  std::int64_t graded(const std::string& verdict, int score, const Files& files = {}) {
    kit::Attempt attempt;
    attempt.exercise = "mpi/01-first";
    attempt.at = 1'699'963'200;
    attempt.source = "yours";
    attempt.verdict = verdict;
    attempt.score = score;
    return kit::History(workspace_).add(attempt, files);
  }

  std::vector<std::string> events() {
    std::vector<std::string> kinds;
    for (const auto& event : kit::History(workspace_).events("mpi/01-first")) {
      kinds.push_back(event.kind + (event.data.empty() ? "" : " " + event.data));
    }
    return kinds;
  }
  using Kinds = std::vector<std::string>;

  SmallClone clone_;
  kit::Workspace workspace_ = clone_.workspace();
};

const std::string kStub = "// the stub of mpi/01-first\n";

int home(const Context& c) {
  return kit::home(c);
}
int next(const Context& c) {
  return kit::next(c);
}
auto list(const kit::ListOptions& options = {}) {
  return [options](const Context& c) { return kit::list(c, options); };
}
auto show(const std::string& word) {
  return [word](const Context& c) { return kit::show(c, word); };
}
auto start(const std::string& word) {
  return [word](const Context& c) { return kit::start(c, word); };
}
auto open(const std::string& word) {
  return [word](const Context& c) { return kit::open(c, word); };
}
auto hint(const std::string& word) {
  return [word](const Context& c) { return kit::hint(c, word); };
}
auto reset(const std::string& word) {
  return [word](const Context& c) { return kit::reset(c, word); };
}
auto solution(const std::string& word, bool yes) {
  return [=](const Context& c) { return kit::solution(c, word, yes); };
}
auto history(const std::string& word, std::optional<std::int64_t> restore = {}) {
  return [=](const Context& c) { return kit::history(c, word, restore); };
}

TEST_F(VerbsTest, HomeGreetsUntilSomethingWasStarted) {
  const std::string first = screen(home);
  EXPECT_TRUE(has(first, "graded by counting"));
  EXPECT_TRUE(has(first, "  mpi          0 of  2   ............................\n"));
  EXPECT_TRUE(has(first, "Next: mpi/01-first (level 1, 20 min)\n  Nothing solved yet. A warm-up of 20"));
  EXPECT_TRUE(has(first, "./kit watch"));
  EXPECT_FALSE(fs::exists(workspace_.root / "work")) << "home only looks";
  graded("passed", 100);
  const std::string second = screen(home);
  EXPECT_FALSE(has(second, "graded by counting"));
  EXPECT_TRUE(has(second, "  mpi          1 of  2   ##############..............\n"));
  EXPECT_TRUE(has(second, "Next: cache/01-third"));
}

TEST_F(VerbsTest, HomeAndListSayWhatCannotBeRead) {
  clone_.write("exercises/mpi/02-second/exercise.json", "{\"title\": ");
  EXPECT_TRUE(has(screen(home), "1 exercise can't be read; ./kit list says why."));
  const std::string text = screen(list(), kit::kCouldNot);
  EXPECT_TRUE(has(text, "can't be read: exercises/mpi/02-second/exercise.json"));
  EXPECT_TRUE(has(text, "01-first")) << "the others are still listed";
}

TEST_F(VerbsTest, ListShowsHowYouStand) {
  graded("failed", 62);
  graded("failed", 40);
  clone_.write("work/cache/01-third/third.cpp", "// mine\n");
  EXPECT_EQ(screen(list()),
            "mpi          level     time  status       best  0 of 2 passed\n"
            "  01-first       1   20 min  2 tries        62  The mpi/01-first\n"
            "  02-second      1   20 min  not started        The mpi/02-second\n"
            "\n"
            "cache        level     time  status       best  0 of 1 passed\n"
            "  01-third       3   20 min  started            The cache/01-third\n"
            "\n"
            "  ./kit next        the one to do now\n"
            "  ./kit show NAME   its problem\n");
}

TEST_F(VerbsTest, ListNarrowsByAreaLevelAndStatus) {
  graded("passed", 100);
  EXPECT_FALSE(has(screen(list({.area = "cache", .status = "", .level = 0})), "mpi"));
  EXPECT_FALSE(has(screen(list({.area = "", .status = "", .level = 3})), "01-first"));
  const std::string passed = screen(list({.area = "", .status = "passed", .level = 0}));
  EXPECT_TRUE(has(passed, "01-first"));
  EXPECT_FALSE(has(passed, "02-second"));
  EXPECT_FALSE(has(screen(list({.area = "", .status = "new", .level = 0})), "01-first"));
  EXPECT_TRUE(has(screen(list({.area = "mpi", .status = "", .level = 5})), "No exercise fits."));
  const KitError error = refusal(list({.area = "cach", .status = "", .level = 0}));
  EXPECT_TRUE(has(error.what(), "Closest: cache."));
  EXPECT_TRUE(has(error.mend(), "mpi, cache"));
}

TEST_F(VerbsTest, NextPutsTheStubOnTheDesk) {
  const std::string text = screen(next);
  EXPECT_TRUE(has(text, "Next: mpi/01-first"));
  EXPECT_TRUE(has(text, "What mpi/01-first is about."));
  EXPECT_TRUE(has(text, "work/mpi/01-first/first.cpp"));
  EXPECT_EQ(desk(), kStub);
  EXPECT_EQ(events(), Kinds{"start"});
  EXPECT_TRUE(has(screen(next), "You worked on it today."));
  EXPECT_EQ(events(), Kinds{"start"}) << "started once";
}

TEST_F(VerbsTest, NextPutsNoStubBackUnasked) {
  write_desk("// mine\n");
  graded("passed", 100, {{"first.cpp", "// mine\n"}, {"claims.txt", "time = ?\n"}});
  ::setenv("KIT_NOW", "1700827200", 1);  // ten days later
  const std::string text = screen(next);
  EXPECT_TRUE(has(text, "Next: mpi/01-first (level 1, 20 min, again, from an empty stub)"));
  EXPECT_TRUE(has(text, "Solved 10 days ago without help; due since 16 November."));
  EXPECT_TRUE(has(text, "./kit start first --again"));
  EXPECT_EQ(desk(), "// mine\n");
  EXPECT_TRUE(has(screen(list()), "due 8 days"));
  kit::NextOptions yes;
  yes.yes = true;
  screen([&](const Context& c) { return kit::next(c, yes); });
  EXPECT_EQ(desk(), kStub);
  EXPECT_TRUE(has(screen(list()), "repeating"));
  EXPECT_TRUE(has(screen(next), "You began it again from the stub today."));
}

TEST_F(VerbsTest, HintsBeginAgainWithTheStub) {
  graded("passed", 100, {{"first.cpp", "// mine\n"}});
  write_desk("// mine\n");
  EXPECT_TRUE(has(screen(hint("first")), "Hint 3 of 3")) << "passed: all of them";
  EXPECT_EQ(events(), Kinds{}) << "and they don't count";
  ::setenv("KIT_NOW", "1699963260", 1);  // a minute later: what comes first is told by the time
  screen([](const Context& c) { return kit::start(c, "first", true); });
  EXPECT_FALSE(has(screen(hint("first")), "Hint 2 of 3"));
  EXPECT_EQ(events().back(), "hint 1");
}

TEST_F(VerbsTest, NextKeepsADate) {
  kit::NextOptions options;
  options.until = "2023-11-24";
  EXPECT_TRUE(has(screen([&](const Context& c) { return kit::next(c, options); }),
                  "10 days until 24 November"));
  EXPECT_TRUE(has(screen(next), "10 days until 24 November")) << "kept";
  options.until = "2023-11-13";
  EXPECT_TRUE(has(refusal([&](const Context& c) { return kit::next(c, options); }).what(),
                  "2023-11-13 is past: today is 2023-11-14."));
  options.until = "soon";
  EXPECT_TRUE(has(refusal([&](const Context& c) { return kit::next(c, options); }).what(),
                  "\"soon\" is no date."));
  options.until = "2023-11-14";
  EXPECT_EQ(screen([&](const Context& c) { return kit::next(c, options); }),
            "Today is the day. Nothing to do here.\n");
  options.until = "none";
  EXPECT_FALSE(has(screen([&](const Context& c) { return kit::next(c, options); }), "until"));
}

TEST_F(VerbsTest, NextProposesAnother) {
  kit::NextOptions other;
  other.other = true;
  EXPECT_TRUE(has(screen([&](const Context& c) { return kit::next(c, other); }),
                  "Next: cache/01-third"));
}

TEST_F(VerbsTest, NextRepeatsWhenAllArePassed) {
  kit::History history(workspace_);
  for (const char* id : {"mpi/01-first", "mpi/02-second", "cache/01-third"}) {
    kit::Attempt attempt;
    attempt.exercise = id;
    attempt.source = "yours";
    attempt.verdict = "passed";
    history.add(attempt, {});
  }
  EXPECT_TRUE(has(screen(next), "Nothing is due before"));
  EXPECT_TRUE(has(screen(home), "Nothing is due before"));
}

TEST_F(VerbsTest, StartKeepsWhatIsThere) {
  EXPECT_TRUE(has(screen(start("first")), "mpi/01-first   started"));
  EXPECT_EQ(desk(), kStub);
  write_desk("// mine\n");
  EXPECT_TRUE(has(screen(start("first")), "was started before"));
  EXPECT_EQ(desk(), "// mine\n");
}

TEST_F(VerbsTest, ShowRendersTheProblem) {
  const std::string text = screen(show("first"));
  EXPECT_TRUE(has(text, "The problem of mpi/01-first\n==="));
  EXPECT_TRUE(has(text, "Do it."));
  EXPECT_TRUE(has(text, "exercises/mpi/01-first/contract.hpp"));
  EXPECT_TRUE(has(text, "./kit watch first"));
  EXPECT_FALSE(fs::exists(workspace_.root / "work"));
  EXPECT_TRUE(has(refusal(show("nothing-like-it")).what(), "No exercise matches"));
}

TEST_F(VerbsTest, HintGivesOneMoreEachTime) {
  const std::string one = screen(hint("first"));
  EXPECT_TRUE(has(one, "Hint 1 of 3\nThink."));
  EXPECT_FALSE(has(one, "Think more."));
  EXPECT_TRUE(has(one, "2 hints are left"));
  const std::string two = screen(hint("first"));
  EXPECT_TRUE(has(two, "Think more."));
  EXPECT_TRUE(has(two, "1 hint is left"));
  const std::string three = screen(hint("first"));
  EXPECT_TRUE(has(three, "This way."));
  EXPECT_TRUE(has(three, "These are all."));
  EXPECT_EQ(screen(hint("first")), three);
  EXPECT_EQ(events(), (Kinds{"hint 1", "hint 2", "hint 3"}));
}

TEST_F(VerbsTest, HintGivesAllOncePassed) {
  graded("passed", 100);
  EXPECT_TRUE(has(screen(hint("first")), "This way."));
  EXPECT_EQ(events(), Kinds{}) << "reading afterwards is no help taken";
}

TEST_F(VerbsTest, SolutionIsRefusedBeforePassingWithoutATerminal) {
  const KitError error = refusal(solution("first", false));
  EXPECT_TRUE(has(error.what(), "not passed yet"));
  EXPECT_TRUE(has(error.mend(), "./kit solution first --yes"));
  EXPECT_EQ(events(), Kinds{});
}

TEST_F(VerbsTest, SolutionShowsWriteUpDifferenceAndFollowUps) {
  write_desk("// mine\n");
  const std::string text = screen(solution("first", true));
  EXPECT_TRUE(has(text, "Write-up of mpi/01-first\n==="));
  EXPECT_TRUE(has(text, "--- work/mpi/01-first/first.cpp\n+++ solutions/mpi/01-first/first.cpp\n"));
  EXPECT_TRUE(has(text, "-// mine\n+// the reference of mpi/01-first\n"));
  EXPECT_TRUE(has(text, "claims.txt is the same as the reference."));
  EXPECT_TRUE(has(text, "  1. And a million of them?\n     - it scales\n     - Weak: shrugs\n"));
  EXPECT_EQ(events(), Kinds{"solution"});
  const auto kept = kit::History(workspace_).attempts("mpi/01-first");
  ASSERT_EQ(kept.size(), 1u);
  EXPECT_EQ(kept[0].verdict, "kept");
  EXPECT_EQ(desk(), "// mine\n");
}

TEST_F(VerbsTest, SolutionIsOpenOncePassed) {
  graded("passed", 100);
  EXPECT_TRUE(has(screen(solution("first", false)), "The idea."));
}

TEST_F(VerbsTest, ResetKeepsWhatWasThere) {
  screen(start("first"));
  write_desk("// mine, \0 and more\n");
  const std::string mine = desk();
  const std::string text = screen(reset("first"));
  EXPECT_EQ(desk(), kStub);
  const auto attempts = kit::History(workspace_).attempts("mpi/01-first");
  ASSERT_EQ(attempts.size(), 1u);
  EXPECT_EQ(attempts[0].verdict, "kept");
  EXPECT_EQ(attempts[0].score, 0);
  EXPECT_EQ(attempts[0].source, "yours");
  EXPECT_EQ(kit::History(workspace_).files(attempts[0].id),
            (Files{{"first.cpp", mine}, {"claims.txt", "time = ?\n"}}));
  EXPECT_TRUE(has(text, "./kit history first --restore " + std::to_string(attempts[0].id)));
  EXPECT_EQ(events(), (Kinds{"start", "reset " + std::to_string(attempts[0].id)}));

  EXPECT_TRUE(has(screen(reset("first")), "is the stub already"));
  EXPECT_EQ(kit::History(workspace_).attempts("mpi/01-first").size(), 1u);
}

TEST_F(VerbsTest, ResetPutsBackAFileThatIsGone) {
  screen(start("first"));
  fs::remove(workspace_.root / "work/mpi/01-first/first.cpp");
  screen(reset("first"));
  EXPECT_EQ(desk(), kStub);
}

TEST_F(VerbsTest, ResetOfWhatWasNeverStartedDoesNothing) {
  EXPECT_TRUE(has(screen(reset("first")), "is not started"));
  EXPECT_FALSE(fs::exists(workspace_.root / "work"));
}

// Nothing may be overwritten that the history doesn't hold.
TEST_F(VerbsTest, ResetTouchesNothingWhenTheHistoryCannotBeWritten) {
  write_desk("// mine\n");
  fs::create_directories(workspace_.state / "history.db");
  EXPECT_TRUE(has(refusal(reset("first")).what(), "can't be written"));
  EXPECT_EQ(desk(), "// mine\n");
}

TEST_F(VerbsTest, HistoryListsTheNewestLast) {
  EXPECT_TRUE(has(screen(history("first")), "nothing graded yet"));
  ::setenv("TZ", "UTC", 1);
  graded("failed", 72);
  graded("kept", 0);
  graded("passed", 100);
  EXPECT_EQ(screen(history("first")),
            "mpi/01-first   2 tries, best 100 of 100, passed 2023-11-14\n"
            "\n"
            "  attempt  when              verdict              score  try  of what\n"
            "        1  2023-11-14 12:00  failed                  72    1  yours\n"
            "        2  2023-11-14 12:00  kept                             yours\n"
            "        3  2023-11-14 12:00  passed                 100    2  yours\n"
            "\n"
            "  ./kit history first --restore NUMBER   its files; yours are kept first\n");
  ::unsetenv("TZ");
}

TEST_F(VerbsTest, RestoreBringsBackAnAttemptAndKeepsThePresent) {
  const std::int64_t old =
      graded("failed", 50, {{"first.cpp", "// old\n"}, {"../../../outside", "no"}});
  write_desk("// new\n");
  const std::string text = screen(history("first", old));
  EXPECT_EQ(desk(), "// old\n");
  EXPECT_FALSE(fs::exists(workspace_.root / "work/outside"));
  const auto attempts = kit::History(workspace_).attempts("mpi/01-first");
  ASSERT_EQ(attempts.size(), 2u);
  EXPECT_EQ(kit::History(workspace_).files(attempts[0].id).at("first.cpp"), "// new\n");
  EXPECT_TRUE(has(text, "What was there is kept as attempt " + std::to_string(attempts[0].id)));
  EXPECT_EQ(events().back(), "restore " + std::to_string(old));
}

TEST_F(VerbsTest, RestoreRefusesWhatIsNotAnAttemptOfThisExercise) {
  const std::int64_t old = graded("failed", 50, {{"first.cpp", "// old\n"}});
  write_desk("// new\n");
  EXPECT_TRUE(has(refusal(history("third", old)).what(), "is one of mpi/01-first"));
  EXPECT_TRUE(has(refusal(history("first", old + 7)).what(), "There is no attempt"));
  EXPECT_EQ(desk(), "// new\n");
}

TEST_F(VerbsTest, OpenPrintsThePathWithoutATerminal) {
  EXPECT_EQ(screen(open("first")),
            (workspace_.root / "work/mpi/01-first/first.cpp").string() + "\n");
  EXPECT_EQ(desk(), kStub);
}

// On a terminal of its own, with an editor that appends its arguments to the file.
TEST_F(VerbsTest, OpenRunsTheEditorWithItsOptionsAndWaits) {
  const fs::path editor = workspace_.root / "editor.sh";
  clone_.write("editor.sh",
               "#!/bin/sh\nsleep 0.05\nfor file; do :; done\necho \"$#: $1\" >> \"$file\"\n");
  fs::permissions(editor, fs::perms::owner_all);
  int screen_end = -1;
  const pid_t child = ::forkpty(&screen_end, nullptr, nullptr, nullptr);
  ASSERT_GE(child, 0);
  if (child == 0) {
    ::setenv("VISUAL", (editor.string() + "  --wait").c_str(), 1);
    const kit::Catalogue catalogue(workspace_);
    const kit::Terminal terminal;
    int code = 3;
    try {
      code = kit::open(Context{workspace_, catalogue, terminal}, "first");
    } catch (const KitError& error) {
      std::fprintf(stderr, "%s\n", error.what());
    }
    ::_exit(code);
  }
  std::string seen;
  char buffer[512];
  for (ssize_t n = 0; (n = ::read(screen_end, buffer, sizeof buffer)) > 0;) {
    seen.append(buffer, static_cast<std::size_t>(n));
  }
  int status = -1;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ::close(screen_end);
  EXPECT_EQ(status, 0) << seen;
  EXPECT_EQ(desk(), kStub + "2: --wait\n");
  EXPECT_TRUE(has(seen, "./kit grade first"));
}

// The whole way of the question, on a terminal: asked, refused with n, shown with y.
TEST_F(VerbsTest, SolutionAsksOnATerminal) {
  for (const std::string answer : {"n\n", "\n", "y\n"}) {
    int screen_end = -1;
    const pid_t child = ::forkpty(&screen_end, nullptr, nullptr, nullptr);
    ASSERT_GE(child, 0);
    if (child == 0) {
      ::unsetenv("NO_COLOR");
      ::setenv("TERM", "xterm", 1);
      const kit::Catalogue catalogue(workspace_);
      const kit::Terminal terminal;
      ::_exit(kit::solution(Context{workspace_, catalogue, terminal}, "first", false));
    }
    ASSERT_EQ(::write(screen_end, answer.data(), answer.size()),
              static_cast<ssize_t>(answer.size()));
    std::string seen;
    char buffer[4'096];
    for (ssize_t n = 0; (n = ::read(screen_end, buffer, sizeof buffer)) > 0;) {
      seen.append(buffer, static_cast<std::size_t>(n));
    }
    int status = -1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ::close(screen_end);
    EXPECT_EQ(status, 0) << seen;
    EXPECT_TRUE(has(seen, "See its solution all the same? [y/N]"));
    EXPECT_EQ(seen.find("The idea.") != std::string::npos, answer == "y\n") << seen;
    const bool coloured = seen.find("\033[32m+// the reference") != std::string::npos;
    EXPECT_EQ(coloured, answer == "y\n") << "colour on a terminal:\n" << seen;
  }
  EXPECT_EQ(events(), Kinds{"solution"});
}

}  // namespace
