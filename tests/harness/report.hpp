// What a suite says: failures that read as a story, and evidence (a measured number and its bound).
//
//   harness::fail("8 ranks, 64 bytes, root 0", "7 rounds on the longest chain ...");
//   harness::expect_within({.lens = "messages", .key = "rounds p=8 root=0", .measured = 7,
//                           .limit = 3, .unit = "rounds"},
//                          "8 ranks, 64 bytes, root 0", "7 rounds ...");
//
// A message's first line is the input; the lines below it are the story, at most 76 columns wide.
// The grader shows them as they are; outside the grader they are ordinary GoogleTest failures.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

namespace kit::harness {

/// The place of a call, as a default argument. Not std::source_location: clang 14 has none with
/// libstdc++.
struct Where {
  const char* file;
  int line;
  static constexpr Where here(const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    return {file, line};
  }
};

/// One measured fact. `limit` is the bound it is held against; `file` and `line` name the learner's
/// line, if known.
struct Evidence {
  std::string lens;
  std::string key;
  double measured = 0;
  double limit = 0;
  bool at_most = true;
  std::string unit = {};
  std::string file = {};
  int line = 0;
  std::string picture = {};
};

/// Fails the running test. `input`: what it ran on, in one line. `story`: expected, seen, and where
/// they part.
void fail(std::string_view input, std::string_view story, Where where = Where::here());

/// Writes evidence into the transcript (nothing outside the grader).
void record(const Evidence& evidence);

/// Records the evidence, and fails the running test if the measurement is over (at_most) or under
/// its limit. Returns whether the bound held.
bool expect_within(const Evidence& evidence, std::string_view input, std::string_view story,
                   Where where = Where::here());

/// What the running test is about to do, in a few words ("a = std::move(a)", "17 x 5 floats; the page behind `in` is
/// forbidden"). Shown if it crashes there. Forgotten at the end of the test.
void doing(std::string_view what);

/// KIT_SEED if set, else a fixed number. Print it with `seed_note()` where random input made a test
/// fail.
std::uint64_t seed();
std::string seed_note();

/// A directory of this run's own, writable, removed afterwards. The grader's run directory, or one
/// made in /tmp.
std::filesystem::path run_directory();

/// The claims.txt of the submission: KIT_CLAIMS, else that in work/ID, else the stub's. Suites pass
/// KIT_EXERCISE, the id that the build defines for them.
std::filesystem::path claims_file(std::string_view exercise);

/// Thousands separated: 1,048,576.
std::string number(std::int64_t n);
std::string number(double n, int decimals);

}  // namespace kit::harness
