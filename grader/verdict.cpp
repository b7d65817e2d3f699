#include "verdict.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <future>
#include <nlohmann/json.hpp>
#include <sstream>

#include "errors.hpp"
#include "own_code.hpp"

namespace kit {

using nlohmann::json;
using Clock = std::chrono::steady_clock;

std::string to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::could_not_be_graded:
      return "could not be graded";
    case Outcome::does_not_compile:
      return "does not compile";
    case Outcome::did_not_finish:
      return "did not finish";
    case Outcome::crashed:
      return "crashed";
    case Outcome::timed_out:
      return "timed out";
    case Outcome::failed:
      return "failed";
    case Outcome::passed:
      return "passed";
  }
  return "";
}

int exit_code(Outcome outcome) {
  if (outcome == Outcome::passed) return kPassed;
  return outcome == Outcome::could_not_be_graded ? kCouldNot : kNotPassed;
}

int Verdict::passed() const {
  const auto good = std::count_if(tests.begin(), tests.end(), [](const TestResult& test) {
    return test.state == TestState::passed;
  });
  return static_cast<int>(good) + (clean_passed ? 1 : 0);
}

namespace {

bool has_state(const SuiteRun& run, TestState state) {
  return std::any_of(run.tests.begin(), run.tests.end(),
                     [&](const TestResult& t) { return t.state == state; });
}

// A message of a lens that could not do its work begins with "kit: ". It decides only where nothing else is wrong: what a
// submission does to its own process, such as a fork() that returns twice, can break a lens too.
std::string kits_fault(const SuiteRun& run) {
  if (!run.kits_fault.empty()) return run.kits_fault;
  std::string fault;
  for (const TestResult& test : run.tests) {
    const auto kits = std::find_if(test.messages.begin(), test.messages.end(),
                                   [](const Message& m) { return m.text.starts_with("kit: "); });
    if (kits != test.messages.end()) {
      if (fault.empty()) fault = kits->text.substr(5);
    } else if (test.state != TestState::passed && test.state != TestState::not_run) {
      return "";
    }
  }
  return fault;
}

bool all_passed(const SuiteRun& run) {
  return run.complete && run.unknown.empty() &&
         std::all_of(run.tests.begin(), run.tests.end(),
                     [](const auto& t) { return t.state == TestState::passed; });
}

Outcome outcome_of(const SuiteRun& run) {
  if (has_state(run, TestState::left) || !run.unknown.empty()) return Outcome::did_not_finish;
  if (has_state(run, TestState::crashed) || run.crashed) return Outcome::crashed;
  if (has_state(run, TestState::timed_out) || run.timed_out) return Outcome::timed_out;
  if (has_state(run, TestState::failed)) return Outcome::failed;
  return all_passed(run) ? Outcome::passed : Outcome::did_not_finish;
}

void grade_clean(const Workspace& workspace, const Build& build, const Submission& submission,
                 const GradePlan& plan, const Reference& reference,
                 std::optional<Build::Ahead>& ahead, Verdict& verdict) {
  const Exercise& exercise = *submission.exercise;
  Built built;
  built.ok = plan.built;
  if (!plan.built) {
    built = ahead ? build.finish(submission, *ahead)
                  : build.make(submission, {submission.target() + ".clean"});
  }
  verdict.clean_run = true;
  if (!built.ok) {
    verdict.clean_finding = "It does not compile with the sanitizers:\n" + built.errors;
    return;
  }
  SuiteOptions options;
  options.manifest = reference.manifest;
  options.only = {"Correct", "Robust"};
  options.seed = plan.seed;
  options.sanitized = true;
  options.stop_at_first = true;
  options.stage = build.stage(submission);
  if (exercise.kind == Kind::mpi) options.launcher = plan.launcher;
  const SuiteRun run = run_suite(workspace, exercise, build.suite(submission, true), options);
  if (const std::string fault = kits_fault(run); !fault.empty()) throw KitError(fault);
  const std::string finding = sanitizer_finding(run.output, exercise.files);
  verdict.clean_passed = all_passed(run) && !run.sanitizer_report && finding.empty();
  if (verdict.clean_passed) return;
  verdict.clean_finding = finding;
  for (const TestResult& test : run.tests) {
    if (test.state == TestState::passed || test.state == TestState::not_run) continue;
    verdict.clean_test = test.name;
    if (!verdict.clean_finding.empty()) break;
    verdict.clean_finding =
        !test.diagnosis.empty() ? test.diagnosis : "It fails only when built with the sanitizers.";
    if (!test.messages.empty()) verdict.clean_finding += "\n" + test.messages[0].text;
    break;
  }
  if (verdict.clean_finding.empty()) {
    verdict.clean_finding =
        run.incomplete.empty() ? "The sanitized suite did not reach its end." : run.incomplete;
  }
}

// What --only names, with the criterion before a bare test's name. THROWS: KitError that lists the tests.
std::vector<std::string> whole_names(const Exercise& exercise, const Reference& reference,
                                     const std::vector<std::string>& only) {
  std::vector<std::string> names;
  for (const std::string& word : only) {
    std::string found = word == "Clean" ? word : "";
    for (const std::string& test : reference.manifest) {
      const auto dot = test.find('.');
      if (test == word || test.substr(0, dot) == word) found = word;
      if (test.substr(dot + 1) == word) found = test;
    }
    if (found.empty()) {
      throw KitError(fmt::format("No test of {} is called {}.", exercise.id, word),
                     fmt::format("It has: {}", fmt::join(reference.manifest, ", ")));
    }
    names.push_back(found);
  }
  return names;
}

void grade(const Workspace& workspace, const Terminal& terminal, const Submission& submission,
           const GradePlan& plan, Verdict& verdict) {
  const Exercise& exercise = *submission.exercise;
  const Build build(workspace, terminal);
  // Whether there are namespaces here is found out while the compiler runs.
  const auto probe = std::async(std::launch::async, [&] { return isolation(workspace); });
  Built built;
  built.ok = plan.built;
  if (!plan.built) {
    built = build.make(submission, {submission.target(), exercise.target() + ".solution"});
  }
  verdict.warnings = built.warnings;
  if (!built.ok) {
    verdict.outcome = Outcome::does_not_compile;
    verdict.why = built.errors;
    return;
  }
  if (exercise.kind == Kind::mpi) {
    if (const std::string names = forbidden_symbols(workspace, submission); !names.empty()) {
      verdict.outcome = Outcome::does_not_compile;
      verdict.why = fmt::format(
          "It uses {}: with that, messages can't be counted. Call the MPI_ functions.", names);
      return;
    }
  }
  if (const std::string refused = refused_code(workspace, submission); !refused.empty()) {
    verdict.outcome = Outcome::does_not_compile;
    verdict.why = refused;
    return;
  }
  const bool partial = !plan.only.empty();
  verdict.partial = partial;
  verdict.clean_wanted =
      has_clean(exercise) && plan.sanitize && (!partial || is_asked_for("Clean.", plan.only));
  // The sanitized suite is compiled while the plain one runs.
  std::optional<Build::Ahead> ahead = verdict.clean_wanted && !plan.built
                                          ? build.begin(submission.target() + ".clean")
                                          : std::nullopt;
  const Reference reference = read_reference(workspace, build, exercise);
  verdict.total = static_cast<int>(reference.manifest.size()) + (has_clean(exercise) ? 1 : 0);

  const std::vector<std::string> only = whole_names(exercise, reference, plan.only);
  bool plain_passed = true;
  const bool only_clean = partial && plan.only == std::vector<std::string>{"Clean"};
  if (!only_clean) {
    SuiteOptions options;
    options.manifest = reference.manifest;
    options.only = only;
    options.seed = plan.seed;
    options.stage = build.stage(submission);
    options.on_end = plan.on_end;
    options.until = plan.until;
    if (exercise.kind == Kind::mpi) options.launcher = plan.launcher;
    const SuiteRun run = run_suite(workspace, exercise, build.suite(submission, false), options);
    verdict.tests = run.tests;
    verdict.hosts = run.hosts;
    if (const std::string fault = kits_fault(run); !fault.empty()) throw KitError(fault);
    verdict.outcome = outcome_of(run);
    verdict.why = run.incomplete;
    plain_passed = verdict.outcome == Outcome::passed;
  } else {
    verdict.outcome = Outcome::passed;
  }
  if (verdict.clean_wanted && (plain_passed || plan.always_sanitize)) {
    if (plan.on_plain) plan.on_plain(verdict);
    grade_clean(workspace, build, submission, plan, reference, ahead, verdict);
    if (!verdict.clean_passed && verdict.outcome == Outcome::passed)
      verdict.outcome = Outcome::failed;
  }
}

}  // namespace

Verdict grade_submission(const Workspace& workspace, const Terminal& terminal,
                         const Submission& submission, const GradePlan& plan) {
  const auto begin = Clock::now();
  Verdict verdict;
  try {
    grade(workspace, terminal, submission, plan, verdict);
  } catch (const KitError& error) {
    verdict.outcome = Outcome::could_not_be_graded;
    verdict.why = error.what();
    if (!error.mend().empty()) verdict.why += "\n" + error.mend();
  }
  if (verdict.total > 0) verdict.score = 100 * verdict.passed() / verdict.total;
  if (verdict.outcome != Outcome::passed) verdict.score = std::min(verdict.score, 99);
  verdict.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  return verdict;
}

json to_json(const Verdict& verdict, const Submission& submission) {
  static constexpr const char* kStates[] = {"not run", "passed",    "failed",
                                            "crashed", "timed out", "left"};
  json tests = json::array();
  for (const TestResult& test : verdict.tests) {
    json messages = json::array();
    for (const Message& m : test.messages) {
      json one = {{"file", m.file}, {"line", m.line}, {"text", m.text}};
      if (m.rank >= 0) one["rank"] = m.rank;
      messages.push_back(std::move(one));
    }
    json evidence = json::array();
    for (const Evidence& e : test.evidence) {
      json one = {{"lens", e.lens},   {"key", e.key},         {"measured", e.measured},
                  {"limit", e.limit}, {"at_most", e.at_most}, {"unit", e.unit}};
      if (!e.file.empty()) one["file"] = e.file, one["line"] = e.line;
      evidence.push_back(std::move(one));
    }
    json one = {{"test", test.name}, {"state", kStates[static_cast<int>(test.state)]}};
    if (!messages.empty()) one["messages"] = std::move(messages);
    if (!test.diagnosis.empty()) one["diagnosis"] = test.diagnosis;
    if (!evidence.empty()) one["evidence"] = std::move(evidence);
    tests.push_back(std::move(one));
  }
  json whole = {{"exercise", submission.exercise->id},
                {"submission", submission.slot == "yours" || submission.slot == "solution"
                                   ? submission.slot
                                   : submission.directory.string()},
                {"verdict", to_string(verdict.outcome)},
                {"score", verdict.score},
                {"passed", verdict.passed()},
                {"total", verdict.total},
                {"seconds", verdict.seconds},
                {"tests", std::move(tests)}};
  if (!verdict.hosts.empty()) whole["hosts"] = verdict.hosts;
  if (!verdict.why.empty()) whole["why"] = verdict.why;
  if (!verdict.warnings.empty()) whole["warnings"] = verdict.warnings;
  if (verdict.clean_run) {
    whole["clean"] = {{"passed", verdict.clean_passed},
                      {"finding", verdict.clean_finding},
                      {"test", verdict.clean_test}};
  }
  return whole;
}

std::string sanitizer_finding(const std::string& output, const std::vector<std::string>& files) {
  // "==7==ERROR: AddressSanitizer: heap-buffer-overflow on address ...", "WARNING: ThreadSanitizer:
  // data race (pid=7)",
  // "/x/copy_file.cpp:22:5: runtime error: signed integer overflow: ..."
  std::istringstream lines(output);
  std::string finding;
  std::string place;
  for (std::string line; std::getline(lines, line);) {
    if (finding.empty()) {
      for (const char* tool : {"AddressSanitizer: ", "LeakSanitizer: ", "ThreadSanitizer: "}) {
        const auto at = line.find(tool);
        if (at == std::string::npos) continue;
        finding = line.substr(at);
        if (const auto address = finding.find(" on address"); address != std::string::npos)
          finding.resize(address);
        if (const auto pid = finding.find(" (pid="); pid != std::string::npos) finding.resize(pid);
      }
      if (const auto error = line.find(": runtime error: "); error != std::string::npos) {
        finding = "UndefinedBehaviorSanitizer: " + line.substr(error + 17);
        const auto name = line.rfind('/', error);
        place = line.substr(name == std::string::npos ? 0 : name + 1,
                            error - (name == std::string::npos ? 0 : name + 1));
      }
      continue;
    }
    // "READ of size 4 at 0x... thread T0" and the like: the address means nothing to a person.
    if ((line.starts_with("READ of size") || line.starts_with("WRITE of size")) &&
        finding.find(" of size") == std::string::npos) {
      finding += ", " + line.substr(0, line.find(" at "));
    }
    if (line.find(" is located ") != std::string::npos) {
      const auto at = line.find(" is located ");
      std::string where = line.substr(at + 12);
      if (const auto bracket = where.find(" ["); bracket != std::string::npos)
        where.resize(bracket);
      if (finding.find(" it is ") == std::string::npos) finding += "; it is " + where;
    }
    if (!place.empty()) continue;
    for (const std::string& file : files) {
      const auto at = line.find("/" + file + ":");
      if (at == std::string::npos || line.find(" #") == std::string::npos) continue;
      place = line.substr(at + 1);
      const auto in = line.find(" in ");
      const auto end = line.rfind(' ', at);
      if (in != std::string::npos && end > in) {
        std::string function = line.substr(in + 4, end - in - 4);
        function.resize(std::min(function.size(), function.find('(')));
        if (const auto colon = function.rfind("::");
            colon != std::string::npos && function.find('<') == std::string::npos) {
          function = function.substr(colon + 2);
        }
        place += " in " + function;
      }
      break;
    }
  }
  if (!finding.empty() && !place.empty()) finding += " (" + place + ")";
  return finding;
}

}  // namespace kit
