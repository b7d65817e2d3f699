// The lens on programs of known calls: what is recorded, how the region ends, what it leaves
// behind.
#include "lens/syscalls/tracer.hpp"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <system_error>
#include <thread>

#include "harness/report.hpp"
#include "lens/syscalls/account.hpp"
#include "lens/syscalls/expect.hpp"

namespace {

using namespace kit::syscalls;
using testing::ElementsAre;
using testing::HasSubstr;

std::string scratch(const char* name) {
  return kit::harness::run_directory() / name;
}

std::vector<std::string> names(const Trace& trace) {
  std::vector<std::string> all;
  for (const Call& call : trace.calls) all.emplace_back(call.name);
  return all;
}

TEST(Tracer, EachCallHasAName) {
  const Trace trace = run_traced([] {
    ::sync_file_range(-1, 0, 0, 0);
    ::syscall(999, 5, 0, 0);
  });
  ASSERT_EQ(trace.calls.size(), 2U);
  EXPECT_EQ(call_text(trace.calls[0]), "sync_file_range(-1, 0, 0, 0)");
  EXPECT_EQ(call_text(trace.calls[1]), "syscall(999, 5, 0, 0)");
  EXPECT_EQ(trace.calls[1].name, "syscall 999");
}

TEST(Tracer, RecordsEachCallWithArgumentsAndResult) {
  const std::string path = scratch("known.txt");
  const Trace trace = run_traced([&] {
    const int fd = ::open(path.c_str(), O_CREAT | O_RDWR | O_TRUNC, 0600);
    (void)!::write(fd, "hello", 5);
    ::fchmod(fd, 0640);
    ::fsync(fd);
    ::close(fd);
    ::unlink("/no/such/file");
  });
  ASSERT_TRUE(trace.ending.returned());
  EXPECT_THAT(names(trace), ElementsAre("openat", "write", "fchmod", "fsync", "close", "unlink"));
  EXPECT_EQ(call_text(trace.calls[0]), "openat(\"known.txt\", O_RDWR|O_CREAT|O_TRUNC, 0600)");
  const int fd = static_cast<int>(trace.calls[0].result);
  EXPECT_EQ(call_text(trace.calls[1]), "write(" + std::to_string(fd) + ", 5)");
  EXPECT_EQ(result_text(trace.calls[1]), "= 5");
  EXPECT_EQ(call_text(trace.calls[2]), "fchmod(" + std::to_string(fd) + ", 0640)");
  EXPECT_EQ(result_text(trace.calls[5]), "= ENOENT");
  EXPECT_TRUE(trace.calls[1].files[0].is_regular);
  EXPECT_EQ(trace.calls[1].files[0].path, path);
  EXPECT_TRUE(trace.calls[3].files[0].same_file(trace.calls[0].files.back()));
  EXPECT_EQ(trace.calls[0].family, Family::open);
  EXPECT_EQ(trace.count(Family::sync), 1U);
  EXPECT_TRUE(trace.leaked.empty());
}

TEST(Tracer, SeesNothingOfMemoryClocksAndItself) {
  const Trace trace = run_traced([] {
    std::vector<char> large(8 << 20, 'x');
    timespec now{};
    ::syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    ::getpid();
  });
  EXPECT_TRUE(trace.ending.returned());
  EXPECT_TRUE(trace.calls.empty()) << trace.calls[0].name;
}

TEST(Tracer, SeesTheMappingOfAFile) {
  std::ofstream(scratch("mapped")) << "text";
  const std::string path = scratch("mapped");
  const Trace trace = run_traced([&] {
    const int fd = ::open(path.c_str(), O_RDONLY);
    ::mmap(nullptr, 4, PROT_READ, MAP_PRIVATE, fd, 0);
    ::close(fd);
  });
  EXPECT_THAT(names(trace), ElementsAre("openat", "mmap", "close"));
}

TEST(Tracer, GivesTheExceptionBack) {
  const Trace code =
      run_traced([] { throw std::system_error(ENOSPC, std::generic_category(), "write"); });
  EXPECT_TRUE(code.ending.threw(ENOSPC));
  EXPECT_EQ(ending_text(code.ending), "it threw ENOSPC (No space left on device)");
  const Trace other = run_traced([] { throw std::runtime_error("no"); });
  EXPECT_EQ(other.ending.kind, Ending::Kind::threw_other);
  EXPECT_EQ(other.ending.what, "no");
}

TEST(Tracer, TellsExitAndSignalsFromReturning) {
  const Trace left = run_traced([] { ::_exit(3); });
  EXPECT_EQ(left.ending.kind, Ending::Kind::exited);
  EXPECT_EQ(left.ending.code, 3);
  const Trace died = run_traced([] { ::raise(SIGTERM); });
  EXPECT_EQ(died.ending.kind, Ending::Kind::killed);
  EXPECT_EQ(died.ending.code, SIGTERM);
}

__attribute__((noinline)) void writes_to_null(volatile int* place) {
  *place = 1;
}

TEST(Tracer, ACrashIsKeptWithItsPlace) {
  const Trace trace = run_traced([] { writes_to_null(nullptr); });
  EXPECT_EQ(trace.ending.kind, Ending::Kind::killed);
  EXPECT_EQ(trace.ending.code, SIGSEGV);
  ASSERT_NE(trace.ending.origin, nullptr);
  const auto counters = unwind(*trace.ending.origin);
  ASSERT_FALSE(counters.empty());
  EXPECT_EQ(kit::harness::source_line(reinterpret_cast<void*>(counters[0])).function,
            "writes_to_null");
}

__attribute__((noinline)) int opens_nothing() {
  char large[1 << 17];
  asm volatile("" ::"r"(large) : "memory");
  const int fd = ::open("/no/such/file", O_RDONLY);
  return fd + large[0];
}
constexpr int kLineOfTheOpen = __LINE__ - 3;

// Several times, and with a frame that is larger than the copy of the stack: the first look-up
// opens files that the later ones must not take for loaded code.
TEST(Tracer, ACallIsLedBackToItsLine) {
  for (int round = 0; round < 3; ++round) {
    Shared<int> result;  // wanted, else the call becomes a jump and its line is the caller's
    const Trace trace = run_traced([&] { *result = opens_nothing(); });
    ASSERT_EQ(trace.calls.size(), 1U);
    bool found = false;
    for (const auto counter : unwind(*trace.calls[0].origin)) {
      const auto line = kit::harness::source_line(reinterpret_cast<void*>(counter));
      if (line.function != "opens_nothing") continue;
      found = true;
      EXPECT_EQ(line.text(), "tracer_test.cpp:" + std::to_string(kLineOfTheOpen));
    }
    EXPECT_TRUE(found) << "round " << round;
  }
}

TEST(Tracer, SeesALeakAndALoss) {
  const int held = ::open("/dev/null", O_RDONLY);
  const Trace trace = run_traced([&] {
    (void)!::open("/dev/zero", O_RDONLY);
    ::close(held);
    ::dup2(0, 77);
    ::close(77);
  });
  ::close(held);
  ASSERT_EQ(trace.leaked.size(), 1U);
  EXPECT_EQ(trace.leaked.begin()->second, "/dev/zero");
  ASSERT_EQ(trace.lost.size(), 1U);
  EXPECT_EQ(trace.lost.begin()->first, held);
}

TEST(Tracer, FollowsChildrenAndCountsThoseNotReaped) {
  const Trace reaped = run_traced([] {
    const pid_t child = ::fork();
    if (child == 0) {
      ::mkdir("/no/such/place", 0700);
      ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
  });
  EXPECT_EQ(reaped.count(Family::fork), 1U);
  EXPECT_EQ(reaped.children_left, 0);
  EXPECT_THAT(names(reaped), testing::Contains("mkdir"));
  const Trace zombie = run_traced([] {
    if (::fork() == 0) ::_exit(0);
    ::usleep(1000);
  });
  EXPECT_EQ(zombie.children_left, 1);
  const Trace running = run_traced([] {
    if (::fork() == 0)
      for (;;) ::usleep(1000);
  });
  EXPECT_EQ(running.children_left, 1);
}

TEST(Tracer, FollowsThreads) {
  const Trace trace =
      run_traced([] { std::thread([] { ::mkdir("/no/such/place", 0700); }).join(); });
  EXPECT_TRUE(trace.ending.returned());
  EXPECT_EQ(trace.count(Family::thread), 1U);
  EXPECT_EQ(trace.count(Family::fork), 0U);
  EXPECT_THAT(names(trace), testing::Contains("mkdir"));
}

TEST(Tracer, LeavesTheSuitesOtherChildrenAlone) {
  const pid_t foreign = ::fork();
  if (foreign == 0) ::_exit(7);
  run_traced([] { ::usleep(1000); });
  int status = 0;
  ASSERT_EQ(::waitpid(foreign, &status, 0), foreign);
  EXPECT_EQ(WEXITSTATUS(status), 7);
}

TEST(Tracer, ASleepThatNothingEndsIsAHangAtOnce) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  const auto began = std::chrono::steady_clock::now();
  const Trace trace = run_traced([&] {
    char c;
    (void)!::read(ends[0], &c, 1);
  });
  const Trace second = run_traced([] { ::pause(); });
  // Far from the net of 8 s: it was seen to sleep.
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(4));
  EXPECT_EQ(trace.ending.kind, Ending::Kind::hung);
  EXPECT_EQ(second.ending.kind, Ending::Kind::hung);
  ASSERT_EQ(trace.calls.size(), 1U);
  EXPECT_FALSE(trace.calls[0].finished);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(Tracer, FeedsASleeperWhenItSleeps) {
  int ends[2];
  ASSERT_EQ(::pipe2(ends, O_CLOEXEC), 0);
  Shared<int> seen;
  Plan plan;
  for (int i = 0; i < 3; ++i) {
    plan.when_asleep.push_back([&] { (void)!::write(ends[1], "x", 1); });
  }
  const Trace trace = run_traced(
      [&] {
        char c;
        while (*seen < 3 && ::read(ends[0], &c, 1) == 1) ++*seen;
      },
      plan);
  EXPECT_TRUE(trace.ending.returned());
  EXPECT_EQ(*seen, 3);
  EXPECT_EQ(trace.asleep, 3U);
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(Tracer, AFiniteSleepIsNoHang) {
  const Trace trace = run_traced([] { ::poll(nullptr, 0, 30); });
  EXPECT_TRUE(trace.ending.returned());
}

TEST(Tracer, StopsARunaway) {
  Plan plan;
  plan.most_calls = 50;
  const Trace trace = run_traced(
      [] {
        for (;;) ::sched_yield();
      },
      plan);
  EXPECT_EQ(trace.ending.kind, Ending::Kind::ran_away);
  EXPECT_EQ(trace.calls.size(), 50U);
}

TEST(Tracer, EndsASpinThatMakesNoCalls) {
  Plan plan;
  plan.wall_limit = std::chrono::milliseconds(50);
  const Trace trace = run_traced(
      [] {
        for (volatile bool on = true; on;) {
        }
      },
      plan);
  EXPECT_EQ(trace.ending.kind, Ending::Kind::timed_out);
}

int cpus() {
  cpu_set_t set;
  CPU_ZERO(&set);
  ::sched_getaffinity(0, sizeof set, &set);
  return CPU_COUNT(&set);
}

TEST(Tracer, SharesItsCpuOnlyWhereThePlanSaysSo) {
  const int all = cpus();
  for (const bool shared : {true, false}) {
    Plan plan;
    plan.on_one_cpu = shared;
    const Trace trace = run_traced([] { ::_exit(cpus()); }, plan);
    EXPECT_EQ(trace.ending.code, shared ? 1 : all);
    EXPECT_EQ(cpus(), all);
  }
}

TEST(Tracer, SeesTheSameCallsEachTime) {
  const auto once = [] {
    return names(run_traced([] {
      for (int i = 0; i < 20; ++i) ::access("/", F_OK);
      ::open("/no/such/file", O_RDONLY);
    }));
  };
  const auto first = once();
  EXPECT_EQ(first.size(), 21U);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(once(), first);
}

TEST(Account, CountsBytesThroughTheProcess) {
  std::ofstream(scratch("counted")) << std::string(1000, 'x');
  const std::string path = scratch("counted");
  const Trace trace = run_traced([&] {
    char buffer[600];
    const int fd = ::open(path.c_str(), O_RDONLY);
    while (::read(fd, buffer, sizeof buffer) > 0) {
    }
    ::close(fd);
  });
  EXPECT_EQ(bytes_through_the_process(trace), 1000U);
}

}  // namespace
