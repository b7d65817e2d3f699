// Signals at a call, delivered both ways; threads held back at a call; spins told from waits.
#include <errno.h>
#include <fcntl.h>
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <array>
#include <string>
#include <thread>

#include "lens/syscalls/faults.hpp"
#include "lens/syscalls/tracer.hpp"

namespace {

using namespace kit::syscalls;

volatile sig_atomic_t stopped;
int wake_up = -1;

void note(int) {
  stopped = 1;
}
void note_and_write(int) {
  const int error = errno;
  stopped = 1;
  (void)!::write(wake_up, "!", 1);
  errno = error;
}

void handle(int signal, void (*handler)(int), int flags = 0) {
  struct sigaction action {};
  action.sa_handler = handler;
  action.sa_flags = flags;
  ::sigaction(signal, &action, nullptr);
}

class Pipe {
 public:
  explicit Pipe(int flags = O_CLOEXEC) { EXPECT_EQ(::pipe2(ends_.data(), flags), 0); }
  ~Pipe() {
    for (const int end : ends_) ::close(end);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  int out() const { return ends_[0]; }
  int in() const { return ends_[1]; }

 private:
  std::array<int, 2> ends_{};
};

// Four ways to wait for a byte or SIGTERM. The first is lost when the signal is handled between its
// look at the flag and its poll.
enum class Loop { flag_then_poll, ppoll, signal_descriptor, self_pipe };

void wait_for_the_end(Loop loop, int input) {
  stopped = 0;
  sigset_t term, before;
  sigemptyset(&term);
  sigaddset(&term, SIGTERM);
  const bool blocks = loop == Loop::ppoll || loop == Loop::signal_descriptor;
  if (blocks) ::sigprocmask(SIG_BLOCK, &term, &before);
  std::array<int, 2> own{};
  if (loop == Loop::self_pipe) (void)!::pipe2(own.data(), O_NONBLOCK | O_CLOEXEC);
  wake_up = own[1];
  handle(SIGTERM, loop == Loop::self_pipe ? note_and_write : note);
  const int second = loop == Loop::signal_descriptor ? ::signalfd(-1, &term, SFD_CLOEXEC)
                     : loop == Loop::self_pipe       ? own[0]
                                                     : -1;
  while (stopped == 0) {
    std::array<pollfd, 2> both = {{{input, POLLIN, 0}, {second, POLLIN, 0}}};
    const int ready = loop == Loop::ppoll ? ::ppoll(both.data(), 2, nullptr, &before)
                                          : ::poll(both.data(), 2, -1);
    if (ready < 0 && errno == EINTR) continue;
    if (both[1].revents != 0) break;
    char byte;
    if (both[0].revents != 0 && ::read(input, &byte, 1) != 1 && errno != EINTR) break;
  }
}

struct Hangs {
  std::size_t before = 0, in = 0, tried = 0;
};

Hangs hangs_of(Loop loop) {
  const auto attempt = [&](const Plan& given) {
    const Pipe input;
    Plan plan = given;
    for (int i = 0; i < 3; ++i) {
      plan.when_asleep.push_back([&] { (void)!::write(input.in(), "x", 1); });
    }
    return run_traced([&] { wait_for_the_end(loop, input.out()); }, plan);
  };
  const Trace undisturbed = attempt({});  // nothing ends it, so it ends as a hang
  EXPECT_EQ(undisturbed.ending.kind, Ending::Kind::hung);
  std::size_t first = 0;
  while (undisturbed.calls[first].family != Family::poll) ++first;
  Hangs hangs;
  for (const FaultCase& one : signals_of(undisturbed, SIGTERM, first)) {
    Plan plan;
    plan.faults = {one.fault};
    const Trace trace = attempt(plan);
    EXPECT_EQ(trace.faults_fired(), 1U) << one.text();
    ++hangs.tried;
    if (trace.ending.kind != Ending::Kind::hung) continue;
    ++(one.fault.kind == Fault::Kind::signal_before ? hangs.before : hangs.in);
  }
  return hangs;
}

TEST(Signals, ALostWakeUpIsSeenOnlyWhenTheHandlerRunsBeforeTheCall) {
  const Hangs hangs = hangs_of(Loop::flag_then_poll);
  // Poll and read three times, and poll. Each poll loses it; only the last has nothing else to come.
  EXPECT_EQ(hangs.tried, 14U);
  EXPECT_EQ(hangs.before, 1U);
  EXPECT_EQ(hangs.in, 0U);
}

TEST(Signals, RightLoopsSurviveBothWays) {
  for (const Loop loop : {Loop::ppoll, Loop::signal_descriptor, Loop::self_pipe}) {
    const Hangs hangs = hangs_of(loop);
    EXPECT_EQ(hangs.before, 0U) << static_cast<int>(loop);
    EXPECT_EQ(hangs.in, 0U) << static_cast<int>(loop);
  }
}

// A read that waits for a byte, under a handler with these flags.
Trace interrupted_read(int flags, Fault::Kind kind, const Pipe& pipe, Shared<int>& error) {
  Plan plan;
  plan.faults = {{1, kind, SIGUSR1}};
  return run_traced(
      [&] {
        handle(SIGUSR1, note, flags);
        char byte;
        *error = ::read(pipe.out(), &byte, 1) < 0 ? errno : 0;
      },
      plan);
}

TEST(Signals, InACallItInterruptsOrTheKernelStartsItAgain) {
  const Pipe pipe;
  Shared<int> error;
  const Trace fails = interrupted_read(0, Fault::Kind::signal_in, pipe, error);
  EXPECT_TRUE(fails.ending.returned());
  EXPECT_EQ(*error, EINTR);
  ASSERT_EQ(fails.calls.size(), 2U);
  EXPECT_EQ(result_text(fails.calls[1]), "= interrupted");

  const Trace again = interrupted_read(SA_RESTART, Fault::Kind::signal_in, pipe, error);
  EXPECT_EQ(again.ending.kind, Ending::Kind::hung);
  ASSERT_EQ(again.calls.size(), 3U);
  EXPECT_TRUE(again.calls[1].interrupted);
  EXPECT_FALSE(again.calls[2].finished);
}

TEST(Signals, BeforeACallItLeavesTheCallAsItWas) {
  const Pipe pipe;
  Shared<int> error;
  const Trace trace = interrupted_read(0, Fault::Kind::signal_before, pipe, error);
  EXPECT_EQ(trace.ending.kind, Ending::Kind::hung);
  ASSERT_EQ(trace.calls.size(), 2U);  // the call that was put off is no call
  EXPECT_EQ(trace.calls[1].injected, Fault::Kind::signal_before);
  EXPECT_EQ(trace.calls[1].name, "read");

  // The handler's own call comes first, and the one put off keeps its arguments and its result.
  Shared<int> got;
  Plan plan;
  plan.faults = {{1, Fault::Kind::signal_before, SIGUSR1}};
  const Trace written = run_traced(
      [&] {
        wake_up = pipe.in();
        handle(SIGUSR1, note_and_write);
        char byte = 0;
        *got = ::read(pipe.out(), &byte, 1) == 1 ? byte : -1;
      },
      plan);
  EXPECT_TRUE(written.ending.returned());
  EXPECT_EQ(*got, '!');
  ASSERT_EQ(written.calls.size(), 3U);
  EXPECT_EQ(written.calls[1].name, "write");
  EXPECT_EQ(written.calls[2].injected, Fault::Kind::signal_before);
}

TEST(Signals, WithoutAHandlerItKills) {
  for (const auto kind : {Fault::Kind::signal_before, Fault::Kind::signal_in}) {
    Plan plan;
    plan.faults = {{1, kind, SIGTERM}};
    const Trace trace = run_traced(
        [] {
          ::access("/", F_OK);
          ::access("/", F_OK);
        },
        plan);
    EXPECT_EQ(trace.ending.kind, Ending::Kind::killed);
    EXPECT_EQ(trace.ending.code, SIGTERM);
  }
}

TEST(Signals, TheSweepNamesThePlaceThatLosesOne) {
  const auto sweep = [] {
    const auto attempt = [&](const Plan& plan) {
      const Pipe input;
      return run_traced([&] { wait_for_the_end(Loop::flag_then_poll, input.out()); }, plan);
    };
    const Trace undisturbed = attempt({});
    const auto judge = [](const FaultCase&, const Trace& trace) -> std::optional<std::string> {
      if (trace.ending.returned()) return std::nullopt;
      return paragraph("Expected: it returns. Seen: " + ending_text(trace.ending) + ".");
    };
    const std::size_t first = undisturbed.calls.size() - 1;
    expect_unbroken(for_each_fault(signals_of(undisturbed, SIGTERM, first), {}, attempt, judge),
                    "signals lost", "no input");
  };
  EXPECT_NONFATAL_FAILURE(sweep(), "SIGTERM before call 2, poll");
  EXPECT_NONFATAL_FAILURE(sweep(), "the signal was handled just before");
}

TEST(Delay, TheOthersGoFirst) {
  const Pipe pipe;
  constexpr std::size_t kEach = 10;
  Shared<std::array<char, 2 * kEach>> got;
  const auto two_writers = [&] {
    const auto write_all = [&](const char* letter) {
      for (std::size_t i = 0; i < kEach; ++i) (void)!::write(pipe.in(), letter, 1);
    };
    std::thread other([&] { write_all("o"); });
    write_all("m");
    other.join();
    (void)!::read(pipe.out(), got->data(), got->size());
  };
  // What the C library calls to make a thread is its own affair: look for the first of the writes.
  const Trace undisturbed = run_traced(two_writers);
  std::size_t at = 0;
  while (undisturbed.calls.at(at).family != Family::write) ++at;
  Plan plan;
  plan.faults = {{at, Fault::Kind::delay, 0}};
  const Trace trace = run_traced(two_writers, plan);
  EXPECT_TRUE(trace.ending.returned());
  const Call& held = trace.calls.at(at);
  ASSERT_EQ(held.family, Family::write);
  ASSERT_EQ(held.injected, Fault::Kind::delay);
  // Whose write was held differs from run to run; all of the other's are there first.
  const bool main_was_held = held.thread == trace.calls[0].thread;
  const std::string mains(kEach, 'm'), others(kEach, 'o');
  EXPECT_EQ(std::string(got->data(), got->size()), main_was_held ? others + mains : mains + others);
}

TEST(Delay, AloneItIsNone) {
  Plan plan;
  plan.faults = {{0, Fault::Kind::delay, 0}};
  const Trace trace = run_traced([] { ::access("/", F_OK); }, plan);
  EXPECT_TRUE(trace.ending.returned());
  EXPECT_EQ(trace.faults_fired(), 1U);
}

TEST(Spins, AreToldFromWaitsWithoutAClock) {
  constexpr int kPortions = 12;  // together more calls than the region may make between two
  const auto portions = [](bool sleeps) {
    const Pipe pipe(O_CLOEXEC | O_NONBLOCK);
    Plan plan;
    plan.most_calls_awake = 32;
    for (int i = 0; i < kPortions; ++i) {
      plan.when_asleep.push_back([&] { (void)!::write(pipe.in(), "x", 1); });
    }
    return run_traced(
        [&] {
          for (int got = 0; got < kPortions;) {
            char byte;
            if (::read(pipe.out(), &byte, 1) == 1) {
              ++got;
            } else if (sleeps) {
              pollfd one{pipe.out(), POLLIN, 0};
              ::poll(&one, 1, -1);
            }
          }
          for (int i = 0; i < 40; ++i) ::access("/", F_OK);  // all is there: calls are free now
        },
        plan);
  };
  const Trace waits = portions(true);
  EXPECT_TRUE(waits.ending.returned());
  EXPECT_EQ(waits.calls.size(), 3U * kPortions + 40U);
  const Trace spins = portions(false);
  EXPECT_EQ(spins.ending.kind, Ending::Kind::spins);
  EXPECT_EQ(spins.calls.size(), 32U);
  EXPECT_EQ(spins.asleep, 0U);
}

}  // namespace
