// The picture of a region's calls.
#include "lens/syscalls/timeline.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "harness/report.hpp"
#include "lens/syscalls/tracer.hpp"

namespace {

using namespace kit::syscalls;

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Timeline, HasEachCallItsFilesAndWhatItCameTo) {
  const std::filesystem::path directory = kit::harness::run_directory();
  const std::string before = directory / "before", after = directory / "after";
  Plan plan;
  plan.faults = {{2, Fault::Kind::error, ENOSPC}};
  const Trace trace = run_traced(
      [&] {
        const int fd = ::open(before.c_str(), O_CREAT | O_WRONLY, 0600);
        (void)!::write(fd, "new", 3);
        (void)!::write(fd, "er", 2);
        ::close(fd);
        ::rename(before.c_str(), after.c_str());
      },
      plan);
  std::filesystem::remove(after);
  const std::string drawn = timeline(trace, "a \"small\" one");
  EXPECT_TRUE(has(drawn, R"("title":"a \"small\" one","made":5,"threads":1)")) << drawn;
  EXPECT_TRUE(has(drawn, R"("result":"= ENOSPC","files":[0],"injected":true,"failed":true)"))
      << drawn;
  // The rename leads from the lane of the first name to that of the second.
  EXPECT_TRUE(has(drawn, R"("files":["before","after"])")) << drawn;
  EXPECT_TRUE(has(drawn, R"("from":0,"to":1)")) << drawn;
  // Calls of one thread end before the next begins.
  EXPECT_TRUE(has(drawn, R"("number":1,"thread":0,"ended":1)")) << drawn;
}

TEST(Timeline, ACallThatWaitsEndsBehindTheCallsOfOthers) {
  const Trace trace = run_traced([] {
    int ends[2];
    if (::pipe(ends) != 0) return;
    std::thread waiting([&] {
      char byte;
      (void)!::read(ends[0], &byte, 1);
    });
    // Given to the reader long before it comes to this, on any machine that isn't at a standstill; and if not, the read
    // ends later than it began all the same, for the write is between.
    ::usleep(20'000);
    (void)!::write(ends[1], "x", 1);
    waiting.join();
  });
  ASSERT_TRUE(trace.ending.returned());
  const auto read = std::find_if(trace.calls.begin(), trace.calls.end(),
                                 [](const Call& call) { return call.family == Family::read; });
  const auto write = std::find_if(trace.calls.begin(), trace.calls.end(),
                                  [](const Call& call) { return call.family == Family::write; });
  ASSERT_NE(read, trace.calls.end());
  ASSERT_NE(write, trace.calls.end());
  if (read < write) {
    EXPECT_GT(read->ended, static_cast<std::size_t>(write - trace.calls.begin()));
  }
  EXPECT_TRUE(has(timeline(trace, "two threads"), "\"threads\":2"));
}

TEST(Timeline, OfManyCallsTheFirstAndTheLastAreDrawn) {
  const Trace trace = run_traced([] {
    for (int i = 0; i < 100; ++i) (void)!::write(-1, "x", 1);
  });
  ASSERT_EQ(trace.calls.size(), 100U);
  const std::string drawn = timeline(trace, "");
  EXPECT_TRUE(has(drawn, "\"made\":100"));
  EXPECT_TRUE(has(drawn, "\"number\":36,"));
  EXPECT_FALSE(has(drawn, "\"number\":37,"));
  EXPECT_FALSE(has(drawn, "\"number\":88,"));
  EXPECT_TRUE(has(drawn, "\"number\":89,"));
  EXPECT_TRUE(has(drawn, "\"number\":100,"));
}

}  // namespace
