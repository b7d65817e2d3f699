// The history: what was written is there, whatever ends the program or harms the file.
#include "grader/history.hpp"

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <random>
#include <sstream>

#include "grader/errors.hpp"
#include "tests/grader/expect_text.hpp"
#include "tests/grader/scratch.hpp"

namespace {

namespace fs = std::filesystem;
using kit::Attempt;
using kit::History;

using Files = std::map<std::string, std::string>;

Attempt attempt_at(const std::string& exercise, const std::string& verdict, int score,
                   const std::string& source = "yours", std::int64_t at = 1'000) {
  Attempt attempt;
  attempt.exercise = exercise;
  attempt.at = at;
  attempt.source = source;
  attempt.verdict = verdict;
  attempt.score = score;
  attempt.seed = 0xFFFF'FFFF'FFFF'FFFFull;
  attempt.json = "{\"score\":" + std::to_string(score) + "}";
  return attempt;
}

// Files that can be told from any other attempt's, the second one over many pages of the database.
Files files_of(int process, int number) {
  const std::string key = std::to_string(process) + ":" + std::to_string(number);
  std::string large;
  while (large.size() < 20'000) large += key + ";";
  return {{"a.cpp", key}, {"b.cpp", large}};
}

// Adds attempts until it is killed or `most` are there, and reports each on `pipe` once add()
// returned.
[[noreturn]] void add_attempts(const kit::Workspace& workspace, int process, int most, int pipe) {
  try {
    History history(workspace);
    for (int number = 0; number < most; ++number) {
      Attempt attempt = attempt_at("mpi/03-broadcast", "failed", number);
      attempt.json = std::to_string(process) + " " + std::to_string(number);
      const std::int64_t id = history.add(attempt, files_of(process, number));
      history.add_event("mpi/03-broadcast", "save", attempt.json);
      if (::write(pipe, &id, sizeof id) != sizeof id) ::_exit(3);
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    ::_exit(2);
  }
  ::_exit(0);
}

// As many as there are, at most `most`; waits for each.
std::vector<std::int64_t> read_ids(int pipe, std::size_t most = SIZE_MAX) {
  std::vector<std::int64_t> ids;
  for (std::int64_t id = 0; ids.size() < most && ::read(pipe, &id, sizeof id) == sizeof id;) {
    ids.push_back(id);
  }
  return ids;
}

void expect_whole(const History& history, const Attempt& attempt) {
  std::istringstream key(attempt.json);
  int process = -1;
  int number = -1;
  key >> process >> number;
  EXPECT_EQ(history.files(attempt.id), files_of(process, number)) << "attempt " << attempt.id;
}

int run_sql(const fs::path& file, const char* sql) {
  sqlite3* handle = nullptr;
  sqlite3_open(file.c_str(), &handle);
  const int code = sqlite3_exec(handle, sql, nullptr, nullptr, nullptr);
  sqlite3_close(handle);
  return code;
}

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void overwrite(const fs::path& file, std::size_t at, const std::string& bytes) {
  std::fstream out(file, std::ios::binary | std::ios::in | std::ios::out);
  out.seekp(static_cast<std::streamoff>(at));
  out << bytes;
}

std::vector<fs::path> set_aside(const kit::Workspace& workspace) {
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(workspace.state)) {
    if (entry.path().filename().string().rfind("history.db.damaged-", 0) == 0) {
      found.push_back(entry.path());
    }
  }
  return found;
}

class HistoryTest : public testing::Test {
 protected:
  Scratch scratch_;
  kit::Workspace workspace_ = scratch_.workspace();
  fs::path file_ = workspace_.state / "history.db";
};

TEST_F(HistoryTest, GivesBackWhatWasAdded) {
  const std::string binary("zero \0 and \xff bytes\r\n", 18);
  std::int64_t id = 0;
  {
    History history(workspace_);
    id = history.add(attempt_at("mpi/03-broadcast", "failed", 72),
                     {{"broadcast.cpp", binary}, {"claims.txt", ""}});
    history.add_event("mpi/03-broadcast", "hint", "1");
  }
  const History history(workspace_);
  const auto found = history.attempt(id);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->exercise, "mpi/03-broadcast");
  EXPECT_EQ(found->at, 1'000);
  EXPECT_EQ(found->source, "yours");
  EXPECT_EQ(found->verdict, "failed");
  EXPECT_EQ(found->score, 72);
  EXPECT_EQ(found->seed, 0xFFFF'FFFF'FFFF'FFFFull);
  EXPECT_EQ(found->json, "{\"score\":72}");
  EXPECT_EQ(history.files(id), (Files{{"broadcast.cpp", binary}, {"claims.txt", ""}}));
  ASSERT_EQ(history.events("mpi/03-broadcast").size(), 1u);
  EXPECT_EQ(history.events("mpi/03-broadcast")[0].data, "1");
  EXPECT_FALSE(history.attempt(id + 1));
}

TEST_F(HistoryTest, ListsAttemptsNewestFirst) {
  History history(workspace_);
  const auto first = history.add(attempt_at("a/01-x", "failed", 1), {});
  history.add(attempt_at("a/02-y", "failed", 2), {});
  const auto third = history.add(attempt_at("a/01-x", "passed", 100), {});
  const auto all = history.attempts("a/01-x");
  ASSERT_EQ(all.size(), 2u);
  EXPECT_EQ(all[0].id, third);
  EXPECT_EQ(all[1].id, first);
  EXPECT_EQ(history.attempts("a/01-x", 1).size(), 1u);
}

TEST_F(HistoryTest, StandsForTheLearnersOwnTries) {
  History history(workspace_);
  history.add(attempt_at("a/01-x", "failed", 60), {});
  history.add(attempt_at("a/01-x", "passed", 100, "yours", 2'000), {});
  history.add(attempt_at("a/01-x", "passed", 100, "yours", 3'000), {});
  history.add(attempt_at("a/01-x", "failed", 40), {});
  history.add(attempt_at("a/01-x", "kept", 0), {});
  history.add(attempt_at("a/01-x", "could not be graded", 0), {});
  history.add(attempt_at("a/02-y", "passed", 100, "solutions/a/02-y"), {});
  history.add_event("a/03-z", "start");
  history.add_event("a/03-z", "hint", "1");
  history.add_event("a/03-z", "hint", "2");
  const auto standings = history.standings();
  const auto& x = standings.at("a/01-x");
  EXPECT_TRUE(x.started);
  EXPECT_TRUE(x.passed);
  EXPECT_EQ(x.tries, 4);
  EXPECT_EQ(x.best_score, 100);
  EXPECT_EQ(x.passed_at, 2'000);
  EXPECT_FALSE(standings.contains("a/02-y")) << "the reference passed, not the learner";
  EXPECT_TRUE(standings.at("a/03-z").started);
  EXPECT_FALSE(standings.at("a/03-z").passed);
  EXPECT_EQ(standings.at("a/03-z").hints, 2);
}

TEST_F(HistoryTest, TakesTheTimeFromTheEnvironmentForRecordedScreens) {
  ::setenv("KIT_NOW", "1699963200", 1);
  History history(workspace_);
  Attempt attempt = attempt_at("a/01-x", "failed", 1);
  attempt.at = 0;
  EXPECT_EQ(history.attempt(history.add(attempt, {}))->at, 1'699'963'200);
  ::unsetenv("KIT_NOW");
  EXPECT_GT(kit::now(), 1'699'963'200);
}

// Each third round may be killed while it opens the file; the others within the writes that follow
// some number of attempts, however slow the machine is.
TEST_F(HistoryTest, LosesNothingWhenKilledAtAnyMoment) {
  std::mt19937 random(20'240'601);
  std::size_t reported = 0;
  for (int round = 0; round < 50; ++round) {
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    const pid_t child = ::fork();
    if (child == 0) add_attempts(workspace_, round, 1'000'000, pipe[1]);
    ::close(pipe[1]);
    const std::size_t before =
        round % 3 == 0 ? 0 : std::uniform_int_distribution<std::size_t>(1, 10)(random);
    auto ids = read_ids(pipe[0], before);
    EXPECT_EQ(ids.size(), before) << "the child ended by itself";
    ::usleep(std::uniform_int_distribution<unsigned>(0, 6'000)(random));
    ::kill(child, SIGKILL);
    ASSERT_EQ(::waitpid(child, nullptr, 0), child);
    for (const std::int64_t id : read_ids(pipe[0])) ids.push_back(id);
    ::close(pipe[0]);
    reported += ids.size();

    std::string notice;
    const History history(workspace_, &notice);
    EXPECT_EQ(notice, "") << "round " << round;
    for (const std::int64_t id : ids) {
      const auto attempt = history.attempt(id);
      ASSERT_TRUE(attempt) << "attempt " << id << " was reported as added, round " << round;
      expect_whole(history, *attempt);
    }
  }
  const History history(workspace_);
  const auto all = history.attempts("mpi/03-broadcast");
  EXPECT_GE(all.size(), reported);
  for (const Attempt& attempt : all) expect_whole(history, attempt);
  EXPECT_EQ(run_sql(file_, "PRAGMA integrity_check"), SQLITE_OK);
}

TEST_F(HistoryTest, ServesFourKitsThatStartTogether) {
  constexpr int kKits = 4;
  constexpr int kAttempts = 15;
  for (int round = 0; round < 5; ++round) {
    fs::remove_all(workspace_.state);
    int pipe[2];
    ASSERT_EQ(::pipe(pipe), 0);
    std::vector<pid_t> kits;
    for (int kit = 0; kit < kKits; ++kit) {
      kits.push_back(::fork());
      if (kits.back() == 0) add_attempts(workspace_, kit, kAttempts, pipe[1]);
    }
    ::close(pipe[1]);
    for (const pid_t kit : kits) {
      int status = 0;
      ASSERT_EQ(::waitpid(kit, &status, 0), kit);
      EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0) << "status " << status;
    }
    EXPECT_EQ(read_ids(pipe[0]).size(), std::size_t{kKits * kAttempts});
    ::close(pipe[0]);
    const History history(workspace_);
    const auto all = history.attempts("mpi/03-broadcast");
    EXPECT_EQ(all.size(), std::size_t{kKits * kAttempts});
    for (const Attempt& attempt : all) expect_whole(history, attempt);
    EXPECT_EQ(history.events("mpi/03-broadcast").size(), std::size_t{kKits * kAttempts});
  }
}

TEST_F(HistoryTest, SetsAsideAFileThatIsNoDatabase) {
  fs::create_directories(workspace_.state);
  const std::string rubbish(5'000, 'x');
  std::ofstream(file_) << rubbish;
  ::setenv("KIT_NOW", "1699963200", 1);
  std::string notice;
  History history(workspace_, &notice);
  ::unsetenv("KIT_NOW");
  EXPECT_TRUE(has(notice, "damaged"));
  ASSERT_EQ(set_aside(workspace_).size(), 1u);
  EXPECT_EQ(content(set_aside(workspace_)[0]), rubbish);
  EXPECT_TRUE(has(notice, set_aside(workspace_)[0].string()));
  EXPECT_TRUE(has(set_aside(workspace_)[0].string(), "history.db.damaged-20231114-"));
  EXPECT_GT(history.add(attempt_at("a/01-x", "failed", 1), {}), 0);
}

TEST_F(HistoryTest, SetsAsideAFileThatWasCutShort) {
  {
    History history(workspace_);
    for (int i = 0; i < 20; ++i) {
      history.add(attempt_at("a/01-x", "failed", i), files_of(0, i));
    }
  }
  fs::resize_file(file_, fs::file_size(file_) / 2);
  std::string notice;
  const History history(workspace_, &notice);
  EXPECT_TRUE(has(notice, "damaged"));
  EXPECT_EQ(set_aside(workspace_).size(), 1u);
  EXPECT_TRUE(history.attempts("a/01-x").empty());
}

// Opening reads only the first pages; what is wrong further in is met by a statement, and the next
// start acts.
TEST_F(HistoryTest, SetsAsideAtTheNextStartWhatAStatementFoundDamaged) {
  {
    History history(workspace_);
    for (int i = 0; i < 200; ++i) {
      history.add(attempt_at("a/01-x", "failed", i), files_of(0, i));
    }
  }
  const auto size = fs::file_size(file_);
  const std::size_t first_page_of_data = 8 * 4'096;
  overwrite(file_, first_page_of_data, std::string(size - first_page_of_data, '\xA5'));
  {
    std::string notice;
    const History history(workspace_, &notice);
    EXPECT_EQ(notice, "");
    try {
      for (const Attempt& attempt : history.attempts("a/01-x")) history.files(attempt.id);
      FAIL() << "the damage was read without a word";
    } catch (const kit::KitError& error) {
      EXPECT_TRUE(has(error.what(), "damaged"));
      EXPECT_TRUE(has(error.mend(), "Run the command again"));
    }
  }
  {
    std::string notice;
    const History history(workspace_, &notice);
    EXPECT_TRUE(has(notice, "damaged"));
  }
  ASSERT_EQ(set_aside(workspace_).size(), 1u);
  EXPECT_EQ(fs::file_size(set_aside(workspace_)[0]), size);
  std::string notice;
  const History third(workspace_, &notice);
  EXPECT_EQ(notice, "") << "said once is enough";
}

TEST_F(HistoryTest, KeepsAGoodFileThatWasOnlySuspected) {
  { History(workspace_).add(attempt_at("a/01-x", "failed", 1), {}); }
  std::ofstream(file_.string() + ".suspect") << "no reason\n";
  std::string notice;
  const History history(workspace_, &notice);
  EXPECT_EQ(notice, "");
  EXPECT_EQ(history.attempts("a/01-x").size(), 1u);
  EXPECT_FALSE(fs::exists(file_.string() + ".suspect"));
}

TEST_F(HistoryTest, DoesNotTouchTheFileOfANewerKit) {
  { History history(workspace_); }
  ASSERT_EQ(run_sql(file_, "PRAGMA user_version = 7"), SQLITE_OK);
  const std::string before = content(file_);
  try {
    History history(workspace_);
    FAIL() << "opened a file it doesn't know";
  } catch (const kit::KitError& error) {
    EXPECT_TRUE(has(error.what(), "newer kit"));
    EXPECT_TRUE(has(error.mend(), "git pull"));
  }
  EXPECT_EQ(content(file_), before);
  EXPECT_TRUE(set_aside(workspace_).empty());
}

TEST_F(HistoryTest, SaysWhenItsDirectoryCannotBeMade) {
  std::ofstream(workspace_.state) << "a file in its place";
  EXPECT_THROW(History{workspace_}, kit::KitError);
}

TEST_F(HistoryTest, SaysWhenItsFileCannotBeOpened) {
  fs::create_directories(file_);
  try {
    History history(workspace_);
    FAIL() << "opened a directory";
  } catch (const kit::KitError& error) {
    EXPECT_TRUE(has(error.what(), "can't be written"));
    EXPECT_FALSE(error.mend().empty());
  }
}

// No file of this process may grow past 64 KiB: what a full disk does, without one.
TEST_F(HistoryTest, SaysWhenTheDiskIsFullAndKeepsWhatWasThere) {
  std::int64_t id = 0;
  { id = History(workspace_).add(attempt_at("a/01-x", "failed", 1), {{"a.cpp", "kept"}}); }
  const pid_t child = ::fork();
  if (child == 0) {
    ::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{65'536, 65'536};
    ::setrlimit(RLIMIT_FSIZE, &small);
    try {
      History history(workspace_);
      history.add(attempt_at("a/01-x", "failed", 2), {{"a.cpp", std::string(500'000, 'x')}});
    } catch (const kit::KitError& error) {
      ::_exit(error.mend().empty() ? 2 : 0);
    }
    ::_exit(1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0) << "no KitError with a mend";
  std::string notice;
  const History history(workspace_, &notice);
  EXPECT_EQ(notice, "");
  EXPECT_EQ(history.attempts("a/01-x").size(), 1u);
  EXPECT_EQ(history.files(id), (Files{{"a.cpp", "kept"}}));
}

}  // namespace
