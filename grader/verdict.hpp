// What the grader says of one submission, and how it comes to it: build, plain suite, sanitized
// suite.
#pragma once

#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "build.hpp"
#include "reference.hpp"
#include "suite.hpp"

namespace kit {

/// In the order in which they are looked for: the first that holds is the verdict.
enum class Outcome {
  could_not_be_graded,
  does_not_compile,
  did_not_finish,
  crashed,
  timed_out,
  failed,
  passed
};

std::string to_string(Outcome outcome);

/// The kit's exit code for it; over many exercises the largest holds.
int exit_code(Outcome outcome);

struct Verdict {
  Outcome outcome = Outcome::could_not_be_graded;
  int score =
      0;  // 100 times tests passed of the manifest, Clean counting as one; at most 99 unless passed
  std::string
      why;  // the kit's fault, the compiler's words, or what ended the program outside any test
  std::string warnings;  // the compiler's
  std::vector<TestResult> tests;
  std::vector<std::string> hosts;  // under a launcher: where each rank of the world was
  int total = 0;                   // of the manifest, Clean included
  bool clean_wanted = false, clean_run = false, clean_passed = false;
  std::string clean_finding;  // the sanitizer's, in a few lines
  std::string clean_test;     // in which test
  std::vector<std::string>
      not_run;  // criteria that were not run because of --only or what failed before
  double seconds = 0;

  int passed() const;    // tests passed, Clean included
  bool partial = false;  // --only: some of the manifest was not asked for
};

struct GradePlan {
  std::vector<std::string> only;
  std::optional<std::uint64_t> seed;
  bool sanitize = true;
  const Launcher* launcher = nullptr;  // of mpi suites; none: the kit's own
  // For the audit:
  bool always_sanitize = false;    // also when the plain suite failed
  bool built = false;              // all of it has just been built: ninja isn't asked again
  std::vector<std::string> until;  // the plain run ends once these tests have ended; empty: all
  std::function<void(const TestResult&)> on_end;
  std::function<void(const Verdict&)>
      on_plain;  // the plain suite is done, the sanitized one may follow
};

/// Never throws for the kit's own failures: they become could_not_be_graded. Interrupted passes
/// through.
Verdict grade_submission(const Workspace& workspace, const Terminal& terminal,
                         const Submission& submission, const GradePlan& plan);

/// The whole verdict for --json and the history.
nlohmann::json to_json(const Verdict& verdict, const Submission& submission);

/// Out of a sanitizer's report: kind, what, and the first frame in one of `files`. Empty if there
/// is no report.
std::string sanitizer_finding(const std::string& output, const std::vector<std::string>& files);

}  // namespace kit
