// The sweep finds a planted bug at its place and passes what is right.
#include "lens/syscalls/faults.hpp"

#include <errno.h>
#include <fcntl.h>
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <system_error>

#include "harness/report.hpp"
#include "lens/syscalls/expect.hpp"
#include "lens/syscalls/tracer.hpp"

namespace {

using namespace kit::syscalls;

const std::string kBytes(1000, 'x');

std::string path() {
  return kit::harness::run_directory() / "saved";
}

enum class Style { right, no_eintr, ignores_short };

void save(Style style) {
  const int fd = ::open(path().c_str(), O_CREAT | O_TRUNC | O_WRONLY, 0600);
  if (fd < 0) throw std::system_error(errno, std::generic_category(), "open");
  std::size_t done = 0;
  while (done < kBytes.size()) {
    const ssize_t n = ::write(fd, kBytes.data() + done, kBytes.size() - done);
    if (n < 0 && errno == EINTR && style != Style::no_eintr) continue;
    if (n < 0) {
      const int error = errno;
      ::close(fd);
      throw std::system_error(error, std::generic_category(), "write");
    }
    done = style == Style::ignores_short ? kBytes.size() : done + static_cast<std::size_t>(n);
  }
  ::close(fd);
}

Sweep sweep(Style style) {
  std::filesystem::remove(path());
  const Attempt attempt = [&](const Plan& plan) { return run_traced([&] { save(style); }, plan); };
  const Trace undisturbed = attempt({});
  return for_each_fault(
      faults_of(undisturbed), {}, attempt,
      [](const FaultCase& one, const Trace& trace) -> std::optional<std::string> {
        const bool saved =
            std::filesystem::exists(path()) && std::filesystem::file_size(path()) == kBytes.size();
        if (trace.ending.returned() && saved) return std::nullopt;
        if (!one.must_survive && trace.ending.threw(static_cast<int>(one.fault.value)))
          return std::nullopt;
        return "  " + ending_text(trace.ending) + ".\n";
      });
}

TEST(Sweep, ARightProgramPasses) {
  const Sweep result = sweep(Style::right);
  // open 5 errors, write 1 short and 6 errors, close 4.
  EXPECT_EQ(result.runs, 16U);
  EXPECT_EQ(result.broken, 0U) << result.first->what.text() << result.first->story;
}

TEST(Sweep, AMissingRetryIsFoundAtItsCall) {
  const Sweep result = sweep(Style::no_eintr);
  EXPECT_EQ(result.broken, 1U);
  ASSERT_TRUE(result.first);
  EXPECT_EQ(result.first->what.text(), "EINTR at call 2");
  EXPECT_TRUE(result.first->trace.ending.threw(EINTR));
}

TEST(Sweep, AnIgnoredShortWriteIsFoundAtItsCall) {
  const Sweep result = sweep(Style::ignores_short);
  EXPECT_EQ(result.broken, 1U);
  ASSERT_TRUE(result.first);
  EXPECT_EQ(result.first->what.text(), "a short transfer at call 2");
}

TEST(Sweep, TheMessageNamesFaultCallAndPlace) {
  const Sweep result = sweep(Style::no_eintr);
  EXPECT_NONFATAL_FAILURE(expect_unbroken(result, "faults", "1,000 bytes"),
                          "EINTR at call 2, write");
  EXPECT_NONFATAL_FAILURE(expect_unbroken(result, "faults", "1,000 bytes"),
                          "= EINTR   <- by the suite");
}

TEST(Sweep, KillsComeOnceACall) {
  std::filesystem::remove(path());
  const Trace trace = run_traced([] { save(Style::right); });
  const auto kills = kills_of(trace);
  EXPECT_EQ(kills.size(), 3U);
}

TEST(Sweep, WhatThePlanRefusesIsNotSwept) {
  std::filesystem::remove(path());
  const Trace trace = run_traced([] { save(Style::right); });
  Plan plan;
  plan.refuse = {{Family::write, ENOSYS}};
  const auto cases = faults_of(trace, plan);
  EXPECT_TRUE(std::none_of(cases.begin(), cases.end(),
                           [](const FaultCase& one) { return one.family == Family::write; }));
}

TEST(Expect, CallsAtMostHoldsAndFails) {
  const Trace trace = run_traced([] {
    for (int i = 0; i < 30; ++i) ::access("/", F_OK);
  });
  EXPECT_TRUE(expect_calls_at_most(trace, 30, "calls", "30 looks", "  One each."));
  EXPECT_NONFATAL_FAILURE(expect_calls_at_most(trace, 29, "calls", "30 looks", "  One each."),
                          "30 calls; 29 are allowed");
}

}  // namespace
