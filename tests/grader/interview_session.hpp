// An interview in a process of its own, for tests: in a pseudo terminal or with commands from a pipe, on a small clone,
// with a clock that the test moves. Nothing is compiled: the file on the desk says by a word what its grading gives.
#pragma once

#include <gtest/gtest.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <functional>
#include <map>

#include "grader/commands/commands.hpp"
#include "grader/commands/interview_options.hpp"
#include "grader/conversation.hpp"
#include "grader/interrupt.hpp"
#include "grader/sqlite.hpp"
#include "tests/grader/expect_text.hpp"
#include "tests/grader/small_clone.hpp"

// A net for a session that hangs; nothing here is decided by how fast it is.
inline constexpr auto kPatience = std::chrono::seconds(60);

inline const char* const kSheet = R"sheet(# Interview: the first

## Opening
We have p processes, and one of them has a buffer that all the others need. Get the bytes to everyone. Ask me what you
need to know first.

## Clarifying questions
### 1. length: Does every rank know the number of bytes? [changes]
Yes. Every rank calls with a span of the same size.
### 2. root: Can the root be any rank? [changes]
Any rank of the communicator.
### 3. number of ranks: Is p a power of two? [changes]
No. Think of 1, 2, 5, 7, 48.
### 4. fast: What does fast mean, few messages or few rounds? [changes]
Few rounds.
### 5. errors: Do I handle a failed rank? [keeps]
No.

## Examples
- `Correct.Four` 4 ranks, root 0 has the 5 bytes "hello": all four end with them
- `Correct.Five` 5 ranks, root 3 has 1,000 bytes: all five end with them

## Time plan
| what | 25 | 45 |
| --- | --- | --- |
| questions asked | 3 | 5 |
| first version passes the examples | 16 | 25 |
| follow-ups begun | 25 | 38 |

## Nudges
### 1. [cost] after 6
After the first message two ranks have the data. How many could have it after the second?
### 2. [correctness] after 8
You have 5 ranks. Which of your partners doesn't exist?

## Follow-ups
### 1. [cost] What does it cost, and can anyone do better?
- p-1 messages in all, ceil(log2 p) rounds
- the informed at most double
- the order of the children matters
- Weak: says "O(log n)" and can't say what n is
### 2. [design] Eight ranks share a host. What changes?
- two levels
- the root leads its own host
- shared memory inside
- Weak: treats every message as equally dear
)sheet";

// "right" passes all, "wrong" fails an example, a fault test and a bound, "syntax" doesn't compile, "hang" waits for
// Ctrl-C; anything else fails all.
inline kit::Verdict scripted_verdict(const kit::Submission& submission,
                                     const kit::GradePlan& plan) {
  const std::string text = kit::read_files(submission).at("first.cpp");
  const auto has_word = [&](const char* word) { return text.find(word) != std::string::npos; };
  kit::Verdict verdict;
  verdict.total = 5;
  if (has_word("hang")) {
    for (;;) {
      ::usleep(10'000);
      kit::throw_if_interrupted();
    }
  }
  if (has_word("broken kit")) {
    verdict.why = "The disk is full.";
    return verdict;
  }
  if (has_word("syntax")) {
    verdict.outcome = kit::Outcome::does_not_compile;
    verdict.why =
        "work/x/first.cpp:22:15: error: 'parnet' was not declared\n   22 | "
        "parnet\nwork/x/first.cpp:30:1: error: expected ';'\n";
    return verdict;
  }
  const bool right = has_word("right");
  verdict.outcome = right ? kit::Outcome::passed : kit::Outcome::failed;
  for (const char* name :
       {"Correct.Four", "Correct.Five", "Correct.None", "Robust.LateRank", "Cost.Rounds"}) {
    if (!kit::is_asked_for(name, plan.only)) continue;
    kit::TestResult test;
    test.name = name;
    const std::string word = name;
    const bool passes = right || (has_word("wrong") && word != "Correct.Five" &&
                                  word != "Robust.LateRank" && word != "Cost.Rounds");
    test.state = passes ? kit::TestState::passed : kit::TestState::failed;
    if (!passes) {
      test.messages.push_back({-1, "first.cpp", 17,
                               "5 ranks, 1,000 bytes from rank 3\n  rank 1 never got them; it "
                               "waits in MPI_Recv from rank 0\n"
                               "\n  rank 0   MPI_Send to 1\n"});
    }
    if (word == "Cost.Rounds") {
      kit::Evidence rounds;
      rounds.test = name;
      rounds.lens = "messages";
      rounds.key = "rounds p=8";
      rounds.unit = "rounds";
      rounds.measured = right ? 3 : 5;
      rounds.limit = 3;
      test.evidence.push_back(rounds);
    }
    verdict.tests.push_back(test);
  }
  if (plan.only.empty()) verdict.clean_run = verdict.clean_passed = right;
  return verdict;
}

inline kit::InterviewTools scripted_tools() {
  kit::InterviewTools tools;
  tools.prepare = [](const kit::Submission&) {};
  tools.grade = scripted_verdict;
  tools.reference = [](const kit::Submission& submission) -> std::optional<kit::Reference> {
    kit::Reference reference;
    kit::Evidence rounds;
    rounds.test = "Cost.Rounds";
    rounds.lens = "messages";
    rounds.key = "rounds p=8";
    rounds.measured = 3;
    rounds.limit = 3;
    reference.evidence.push_back(rounds);
    (void)submission;
    return reference;
  };
  return tools;
}

class InterviewClone : public SmallClone {
 public:
  InterviewClone() {
    for (const char* id : {"mpi/01-first", "mpi/02-second", "cache/01-third"}) {
      write(std::string("exercises/") + id + "/contract.hpp", "// the contract\n");
      write(std::string("exercises/") + id + "/interview.md", kSheet);
    }
    std::filesystem::create_directories(root() / "build");
    set_minute(0);
  }
  void set_ms(std::int64_t ms) const {
    // Renamed into place: the session reads it at any moment.
    write("clock.new", std::to_string(ms) + "\n");
    std::filesystem::rename(root() / "clock.new", root() / "clock");
  }
  void set_minute(double minute) const { set_ms(static_cast<std::int64_t>(minute * 60'000)); }
  kit::InterviewLog log() const { return kit::InterviewLog(workspace()); }
};

/// A running session. `terminal`: a pseudo terminal of that many columns; 0: a pipe and --plain.
class Session {
 public:
  Session(const InterviewClone& clone, kit::InterviewOptions options, int columns,
          std::int64_t wall = 1'795'452'000, const std::function<void()>& in_child = {}) {
    std::array<int, 2> input{};
    std::array<int, 2> output{};
    options.plain = columns == 0;
    if (columns > 0) {
      winsize size{24, static_cast<unsigned short>(columns), 0, 0};
      pid_ = ::forkpty(&in_, nullptr, nullptr, &size);
      out_ = in_;
    } else {
      if (::pipe(input.data()) != 0 || ::pipe(output.data()) != 0)
        throw std::runtime_error("no pipe");
      pid_ = ::fork();
    }
    if (pid_ == 0) {
      if (columns == 0) {
        ::dup2(input[0], 0);
        ::dup2(output[1], 1);
        ::dup2(output[1], 2);
        for (const int fd : {input[0], input[1], output[0], output[1]}) ::close(fd);
      }
      ::setenv("TERM", "xterm", 1);
      ::setenv("NO_COLOR", "1", 1);
      ::setenv("TZ", "UTC", 1);
      ::setenv("KIT_NOW", std::to_string(wall).c_str(), 1);
      ::setenv("KIT_CLOCK", (clone.root() / "clock").c_str(), 1);
      int code = 99;
      try {
        const kit::Workspace workspace = clone.workspace();
        const kit::Catalogue catalogue(workspace);
        const kit::Terminal terminal(kit::ColourWish::never);
        kit::catch_interrupts();
        if (in_child) in_child();
        code =
            kit::interview(kit::Context{workspace, catalogue, terminal}, options, scripted_tools());
      } catch (const kit::KitError& error) {
        ::dprintf(1, "REFUSED: %s\n%s\n", error.what(), error.mend().c_str());
        code = 2;
      } catch (const std::exception& error) {
        ::dprintf(1, "\nTHROWN: %s\n", error.what());
      }
      ::_exit(code);
    }
    if (columns == 0) {
      ::close(input[0]);
      ::close(output[1]);
      in_ = input[1];
      out_ = output[0];
    }
  }

  ~Session() {
    if (pid_ > 0) {
      ::kill(pid_, SIGKILL);
      ::waitpid(pid_, nullptr, 0);
    }
    close_input();
    if (out_ != in_ && out_ >= 0) ::close(out_);
  }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  void type(const std::string& text) {
    EXPECT_EQ(::write(in_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void enter(const std::string& line) { type(line + "\n"); }
  /// The same to a session that may have been killed by now: nobody reads then.
  void offer(const std::string& line) {
    const std::string text = line + "\n";
    if (::write(in_, text.data(), text.size()) != static_cast<ssize_t>(text.size())) {
      EXPECT_EQ(errno, EPIPE);
    }
  }

  /// What came up to and with `text`; it is then forgotten.
  std::string wait_for(const std::string& text) {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    for (;;) {
      if (const auto at = screen_.find(text); at != std::string::npos) {
        std::string seen = screen_.substr(0, at + text.size());
        screen_.erase(0, at + text.size());
        return seen;
      }
      const int got = read_some(200);
      if (got < 0 || std::chrono::steady_clock::now() > end) {
        ADD_FAILURE() << "no \"" << text << "\"; on screen:\n" << screen_;
        return screen_;
      }
    }
  }

  /// All that is still said until it ends.
  std::string rest() {
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (read_some(200) >= 0 && std::chrono::steady_clock::now() < end) {
    }
    return std::exchange(screen_, "");
  }

  void close_input() {
    if (in_ >= 0) ::close(in_);
    if (out_ == in_) out_ = -1;
    in_ = -1;
  }

  void resize(int columns) {
    winsize size{24, static_cast<unsigned short>(columns), 0, 0};
    ::ioctl(in_, TIOCSWINSZ, &size);
  }

  /// Its exit code, or minus the signal.
  int exit_code() {
    int status = 0;
    const auto end = std::chrono::steady_clock::now() + kPatience;
    while (::waitpid(pid_, &status, WNOHANG) == 0) {
      if (out_ >= 0) read_some(20);
      if (out_ < 0) ::usleep(10'000);
      if (std::chrono::steady_clock::now() > end) {
        ADD_FAILURE() << "it does not end; on screen:\n" << screen_;
        ::kill(pid_, SIGKILL);
      }
    }
    pid_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
  }

  pid_t pid() const { return pid_; }

 private:
  // -1 at the end, else how many bytes.
  int read_some(int milliseconds) {
    pollfd waiting{out_, POLLIN, 0};
    std::array<char, 4096> buffer{};
    if (::poll(&waiting, 1, milliseconds) <= 0) return 0;
    const ssize_t n = ::read(out_, buffer.data(), buffer.size());
    if (n <= 0) return -1;
    screen_.append(buffer.data(), static_cast<std::size_t>(n));
    return static_cast<int>(n);
  }

  pid_t pid_ = -1;
  int in_ = -1, out_ = -1;
  std::string screen_;
};

/// A whole session from a pipe: the lines, and all that was printed.
inline std::string plain_session(const InterviewClone& clone, const kit::InterviewOptions& options,
                                 const std::vector<std::string>& lines, int* code = nullptr,
                                 std::int64_t wall = 1'795'452'000) {
  Session session(clone, options, 0, wall);
  for (const std::string& line : lines) session.enter(line);
  session.close_input();
  std::string seen = session.rest();
  const int ended = session.exit_code();
  if (code) *code = ended;
  return seen;
}
