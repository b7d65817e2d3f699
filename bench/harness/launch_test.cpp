#include "bench/harness/launch.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>

#include "bench/harness/process.hpp"

namespace kit::bench {
namespace {

TEST(RunProcess, TellsHowItEnded) {
  EXPECT_EQ(run_process({"true"}, 10), "");
  EXPECT_EQ(run_process({"sh", "-c", "exit 3"}, 10), "ended with exit code 3");
  EXPECT_EQ(run_process({"sh", "-c", "kill -SEGV $$"}, 10), "killed by SIGSEGV");
  EXPECT_EQ(run_process({"sh", "-c", "exit 139"}, 10), "killed by SIGSEGV");  // as mpirun puts it
  EXPECT_EQ(run_process({"no-such-program-here"}, 10), "ended with exit code 127");
}

TEST(RunProcess, EndsWhatTakesTooLong) {
  EXPECT_EQ(run_process({"sleep", "60"}, 0.1), "took over 0 s");
}

TEST(Scratch, IsTheRunDirectoryWhereOneIsGiven) {
  ::setenv("KIT_RUN_DIRECTORY", "/somewhere", 1);
  EXPECT_EQ(scratch_directory(), "/somewhere");
  ::unsetenv("KIT_RUN_DIRECTORY");
  EXPECT_NE(scratch_directory(), "/somewhere");
}

}  // namespace
}  // namespace kit::bench
