#include "bench/harness/launch.hpp"

#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "bench/harness/process.hpp"

namespace kit::bench {
namespace {

TEST(RunProcess, TellsHowItEnded) {
  EXPECT_EQ(run_process({"true"}, 10), "");
  EXPECT_EQ(run_process({"sh", "-c", "exit 3"}, 10), "ended with exit code 3");
  EXPECT_EQ(run_process({"sh", "-c", "kill -SEGV $$"}, 10), "was killed by SIGSEGV");
  EXPECT_EQ(run_process({"sh", "-c", "exit 139"}, 10),
            "was killed by SIGSEGV");  // as mpirun puts it
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

// The result of launch_probe with the candidate that behaves so: r right, w wrong, c crashes, e
// exits, h hangs, t throws.
nlohmann::json probe(const std::string& yours, const std::string& reference) {
  const std::string here = std::filesystem::read_symlink("/proc/self/exe").parent_path().string();
  const std::string out = testing::TempDir() + "kit-probe-" + std::to_string(::getpid());
  const auto library = [&](const std::string& name) {
    return name.empty() ? "" : here + "/probe_" + name + ".so";
  };
  ::setenv("KIT_CANDIDATE_YOURS", library(yours).c_str(), 1);
  ::setenv("KIT_CANDIDATE_REFERENCE", library(reference).c_str(), 1);
  ::setenv("KIT_BENCH_OUT", out.c_str(), 1);
  ::setenv("KIT_BENCH_SECONDS", "0.1", 1);
  ::setenv("KIT_BENCH_LIMIT", "2", 1);
  EXPECT_EQ(run_process({here + "/launch_probe"}, 30), "");
  std::ifstream file(out);
  const nlohmann::json result = nlohmann::json::parse(file, nullptr, false);
  ::unlink(out.c_str());
  return result;
}

std::string note_of_yours(const nlohmann::json& result) {
  for (const auto& row : result["rows"]) {
    if (row["role"] == "yours") return row.contains("time") ? "timed" : row["note"];
  }
  return "no row";
}

TEST(Launch, TimesARightSubmission) {
  const auto result = probe("r", "r");
  EXPECT_EQ(result["exercise"], "area/00-probe");
  EXPECT_EQ(result["rows"].size(), 3U);
  EXPECT_EQ(note_of_yours(result), "timed");
  EXPECT_EQ(result["rows"][0]["ratio"]["median"], 3.0);
}

TEST(Launch, GivesAWrongOneARowWithTheReason) {
  EXPECT_EQ(note_of_yours(probe("w", "r")), "not timed: it is not 42");
  EXPECT_EQ(note_of_yours(probe("t", "r")), "not timed: threw an exception: no answer");
}

TEST(Launch, GoesOnWithoutOneThatEndsTheProgram) {
  const auto crashed = probe("c", "r");
  EXPECT_EQ(note_of_yours(crashed), "not timed: the bench with it was killed by SIGABRT");
  EXPECT_EQ(crashed["rows"].size(), 3U);
  EXPECT_EQ(crashed["rows"][0]["ratio"]["median"], 3.0);
  EXPECT_EQ(note_of_yours(probe("e", "r")), "not timed: it ended the program");
  EXPECT_EQ(note_of_yours(probe("h", "r")), "not timed: the bench with it took over 2 s");
}

TEST(Launch, SaysWhyALibraryCannotBeLoaded) {
  EXPECT_NE(note_of_yours(probe("absent", "r")).find("can't be loaded"), std::string::npos);
}

TEST(Launch, NeedsNeitherOfThem) {
  const auto result = probe("", "");
  EXPECT_EQ(note_of_yours(result), "no row");
  EXPECT_EQ(result["against"], "plain");
}

}  // namespace
}  // namespace kit::bench
