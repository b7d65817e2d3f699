// kit watch at a terminal: what counts as a save, and what each key does. The build is a ninja file that takes or
// refuses an answer by a word in it, so that nothing is compiled; the verb itself, its keys and its screen are real.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <thread>

#include "grader/commands/commands.hpp"
#include "grader/interrupt.hpp"
#include "tests/grader/expect_text.hpp"
#include "tests/grader/small_clone.hpp"

namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

// A net for a kit that hangs; nothing here is decided by how fast it is.
constexpr auto kPatience = 30s;
// The last line of each screen.
const std::string kKeys = "q quit\r\n";

class WatchTest : public testing::Test {
 protected:
  WatchTest() {
    const std::string desk = (clone_.root() / "work/mpi/01-first/first.cpp").string();
    clone_.write("build/build.ninja",
                 "rule compile\n"
                 "  command = echo \"$in:7:1: error: refused at attempt $$(cat $in)\"; false\n"
                 "build CMakeFiles/mpi.01-first.yours.objects.dir/first.cpp.o: compile " +
                     desk +
                     "\n"
                     "build mpi.01-first.yours: phony "
                     "CMakeFiles/mpi.01-first.yours.objects.dir/first.cpp.o\n"
                     "build mpi.01-first.solution: phony\n");
    clone_.write("work/mpi/01-first/first.cpp", "one\n");
    clone_.write("work/mpi/01-first/claims.txt", "time = ?\n");
    pid_ = ::forkpty(&terminal_, nullptr, nullptr, nullptr);
    if (pid_ == 0) {
      ::setenv("TERM", "xterm", 1);
      ::setenv("NO_COLOR", "1", 1);
      int code = 99;
      try {
        const kit::Workspace workspace = clone_.workspace();
        const kit::Catalogue catalogue(workspace);
        const kit::Terminal terminal(kit::ColourWish::never);
        kit::catch_interrupts();
        code = kit::watch(kit::Context{workspace, catalogue, terminal}, "first");
      } catch (const kit::Interrupted& interrupted) {
        code = 128 + interrupted.signal;
      } catch (const std::exception& error) {
        ::dprintf(1, "\nTHROWN: %s\n", error.what());
      }
      ::_exit(code);
    }
    wait_for(kKeys);
  }

  ~WatchTest() override {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
    ::close(terminal_);
  }

  // Reads the screen until `text` has come since the last wait, and forgets what came up to there.
  std::string wait_for(const std::string& text) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    for (;;) {
      if (const auto at = screen_.find(text); at != std::string::npos) {
        std::string seen = screen_.substr(0, at + text.size());
        screen_.erase(0, at + text.size());
        return seen;
      }
      if (!read_some(200) && std::chrono::steady_clock::now() > end) {
        ADD_FAILURE() << "no \"" << text << "\" within the patience; on screen:\n" << screen_;
        return screen_;
      }
    }
  }

  bool read_some(int milliseconds) {
    pollfd waiting{terminal_, POLLIN, 0};
    std::array<char, 4096> buffer{};
    if (::poll(&waiting, 1, milliseconds) <= 0) return false;
    const ssize_t n = ::read(terminal_, buffer.data(), buffer.size());
    if (n > 0) screen_.append(buffer.data(), static_cast<std::size_t>(n));
    return n > 0;
  }

  // What is still said within a second and a half, longer than any pause of the verb's own.
  std::string rest() {
    const auto end = std::chrono::steady_clock::now() + 1500ms;
    while (std::chrono::steady_clock::now() < end) read_some(100);
    return std::exchange(screen_, "");
  }

  void press(char key) { ASSERT_EQ(::write(terminal_, &key, 1), 1); }
  void save(const std::string& text) { clone_.write("work/mpi/01-first/first.cpp", text); }
  fs::path desk() const { return clone_.root() / "work/mpi/01-first"; }

  int exit_code() {
    int status = 0;
    while (::waitpid(pid_, &status, WNOHANG) == 0) read_some(50);
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  SmallClone clone_;
  pid_t pid_ = -1;
  int terminal_ = -1;
  std::string screen_;
};

std::size_t times(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

TEST_F(WatchTest, GradesWhenOpenedAndAtEachSave) {
  save("two\n");
  EXPECT_TRUE(has(wait_for(kKeys), "attempt two"));
  save("three\n");
  const std::string seen = wait_for(kKeys);
  EXPECT_TRUE(has(seen, "saved"));
  EXPECT_TRUE(has(seen, "attempt three"));
}

// vim and many others write a new file and rename it over the old one.
TEST_F(WatchTest, SeesAFileRenamedIntoPlace) {
  clone_.write("work/mpi/01-first/first.cpp~new", "renamed\n");
  fs::rename(desk() / "first.cpp~new", desk() / "first.cpp");
  EXPECT_TRUE(has(wait_for(kKeys), "attempt renamed"));
}

TEST_F(WatchTest, WaitsForAFileThatIsAwayForAMoment) {
  fs::remove(desk() / "first.cpp");
  EXPECT_EQ(rest(), "");
  save("back\n");
  EXPECT_TRUE(has(wait_for(kKeys), "attempt back"));
}

TEST_F(WatchTest, ABurstOfWritesIsOneSave) {
  for (int i = 0; i < 20; ++i) {
    save("burst " + std::to_string(i) + "\n");
    std::this_thread::sleep_for(1ms);
  }
  std::string seen = wait_for(kKeys);
  seen += rest();
  EXPECT_TRUE(has(seen, "attempt burst 19"));
  EXPECT_LE(times(seen, "saved "), 2U) << seen;
}

// On a network folder no event comes in; the time of the file still moves. A changed time alone makes no event here either.
TEST_F(WatchTest, FindsAChangeThatNoEventTellsOf) {
  const std::array<timespec, 2> times{{{1'600'000'000, 0}, {1'600'000'000, 0}}};
  ASSERT_EQ(::utimensat(AT_FDCWD, (desk() / "first.cpp").c_str(), times.data(), 0), 0);
  EXPECT_TRUE(has(wait_for(kKeys), "saved"));
}

TEST_F(WatchTest, OtherFilesInTheDirectoryAreNoSave) {
  clone_.write("work/mpi/01-first/.first.cpp.swp", "an editor's\n");
  clone_.write("work/mpi/01-first/notes.txt", "mine\n");
  EXPECT_EQ(rest(), "");
}

TEST_F(WatchTest, KeysShowAndStay) {
  press('h');
  EXPECT_TRUE(has(wait_for(kKeys), "Think."));
  press('p');
  EXPECT_TRUE(has(wait_for(kKeys), "The problem of mpi/01-first"));
  press('l');
  EXPECT_TRUE(has(wait_for(kKeys), "01-first"));
  press('n');
  EXPECT_TRUE(has(wait_for(kKeys), "Next"));  // and it stays here: nothing is begun, nothing asked
  press('x');                                 // no key of the kit's: nothing happens
  EXPECT_EQ(rest().find("first.cpp"), std::string::npos);
}

TEST_F(WatchTest, RGradesAgainAndDShowsWhatChanged) {
  save("two\n");
  wait_for(kKeys);
  press('d');
  const std::string seen = wait_for(kKeys);
  EXPECT_TRUE(has(seen, "-one"));
  EXPECT_TRUE(has(seen, "+two"));
  press('r');
  EXPECT_TRUE(has(wait_for(kKeys), "again"));
  press('d');
  EXPECT_TRUE(has(wait_for(kKeys), "Nothing has changed"));
}

TEST_F(WatchTest, QuitsWithTheLastVerdictAndTheTerminalAsBefore) {
  press('q');
  EXPECT_EQ(exit_code(), kit::kNotPassed);
}

TEST_F(WatchTest, CtrlCEndsItAtOnce) {
  press('\x03');
  EXPECT_EQ(exit_code(), 128 + SIGINT);
}

}  // namespace
