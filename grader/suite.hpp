// Runs a suite in the sandbox, reads its transcript, and carries on behind a test that crashed or
// hung.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "catalogue.hpp"

namespace kit {

struct Message {
  int rank = -1;
  std::string file;
  int line = 0;
  std::string text;
};

struct Evidence {
  std::string test, lens, key, unit, file, picture;
  double measured = 0;
  double limit = 0;
  bool at_most = true;
  int line = 0;
  std::string drawing;  // the content of the file `picture`, if there is one
};

enum class TestState {
  not_run,
  passed,
  failed,
  crashed,
  timed_out,
  left
};  // left: ended the program itself

struct TestResult {
  std::string name;  // "Cost.LogarithmicRounds"
  TestState state = TestState::not_run;
  std::vector<Message> messages;
  std::string diagnosis;  // of a crash, hang or exit: one sentence
  std::vector<Evidence> evidence;

  std::string criterion() const { return name.substr(0, name.find('.')); }
  std::string short_name() const { return name.substr(name.find('.') + 1); }
};

struct SuiteRun {
  std::vector<TestResult> tests;  // those asked for, in the order of the manifest
  bool complete =
      false;  // every one ended, the run's own number came back, and the program ended with 0 or 1
  std::string incomplete;  // why not, in one sentence; empty if a test's own state says it
  bool timed_out = false;  // it hung outside any test
  bool crashed = false;    // it died outside any test
  std::string kits_fault;  // not the learner's: the suite or a tool of the kit failed
  std::string output;      // the last of what it printed
  std::vector<std::string> unknown;  // tests that the manifest doesn't have
  double seconds = 0;
  bool sanitizer_report = false;   // the output holds one
  std::vector<std::string> hosts;  // under a launcher: where each rank of the world was
};

struct Launcher;

struct SuiteOptions {
  std::vector<std::string> manifest;  // all tests, in order
  std::vector<std::string> only;      // criteria or tests; empty: all
  std::optional<std::uint64_t> seed;
  bool sanitized = false;
  bool stop_at_first = false;  // the rest isn't run once a test has not passed
  // The rest isn't run once all of these have ended; empty: all run.
  std::vector<std::string> until;
  std::filesystem::path stage;         // the submission's files
  const Launcher* launcher = nullptr;  // of an mpi suite; none: the kit's own
  std::function<void(const TestResult&)> on_end;
};

/// THROWS: KitError if the suite can't be started at all.
SuiteRun run_suite(const Workspace& workspace, const Exercise& exercise,
                   const std::filesystem::path& program, const SuiteOptions& options);

/// The names of all tests of a suite, in order, asked of the program itself (--gtest_list_tests).
std::vector<std::string> list_tests(const std::filesystem::path& program);

/// Is `name` among `only`, which holds criteria and tests? Everything is, if it is empty.
bool is_asked_for(const std::string& name, const std::vector<std::string>& only);

}  // namespace kit
