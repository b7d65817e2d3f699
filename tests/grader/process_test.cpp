// Processes of the grader side by side: what ends one must not end another.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>

#include "sandbox.hpp"

namespace {

using namespace kit;

Command shell(const std::string& script) {
  Command command;
  command.argv = {"sh", "-c", script};
  command.environment = {{"PATH", "/usr/bin:/bin"}};
  return command;
}

// A build runs while a launcher's ranks are graded, and these may leave processes behind.
TEST(Processes, EndingALaunchLeavesABuildAlone) {
  Process build = Process::plain(shell("sleep 1; echo built; exit 3"));
  {
    Process launch = Process::launched(shell("sleep 100 & echo $!"));
    launch.wait();
  }
  const ToolRun run = end_of(build);
  EXPECT_EQ(run.output, "built\n");
  EXPECT_EQ(run.status, 3);
}

TEST(Processes, WhatALaunchLeavesBehindIsEnded) {
  Process launch = Process::launched(shell("sleep 100 & echo $!"));
  std::string output;
  char byte = 0;
  while (::read(launch.output(), &byte, 1) == 1 && byte != '\n') output += byte;
  launch.wait();
  const pid_t left = std::stoi(output);
  ASSERT_EQ(::kill(left, 0), 0);
  launch.kill();
  EXPECT_EQ(::kill(left, 0), -1);
}

}  // namespace
