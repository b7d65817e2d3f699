#include "audit.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <functional>
#include <future>
#include <set>
#include <sstream>
#include <thread>

#include "build.hpp"
#include "errors.hpp"
#include "interview_audit.hpp"
#include "sandbox.hpp"
#include "verdict.hpp"

namespace kit {

namespace fs = std::filesystem;

namespace {

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

bool passes(const Verdict& verdict, const std::string& name) {
  if (name == "Clean") return verdict.clean_passed;
  return std::any_of(verdict.tests.begin(), verdict.tests.end(), [&](const TestResult& t) {
    return t.name == name && t.state == TestState::passed;
  });
}

bool knows(const Verdict& verdict, const std::string& name) {
  if (name == "Clean") return verdict.clean_wanted;
  return std::any_of(verdict.tests.begin(), verdict.tests.end(),
                     [&](const TestResult& t) { return t.name == name; });
}

std::string first_failure(const Verdict& verdict) {
  if (!verdict.why.empty()) return verdict.why;
  for (const TestResult& test : verdict.tests) {
    if (test.state == TestState::passed) continue;
    return test.name + ": " + (test.messages.empty() ? test.diagnosis : test.messages[0].text);
  }
  return verdict.clean_finding;
}

// A rule that was checked, and the tests it has proven to be the reason of a rejection.
struct Judged {
  AuditResult result;
  std::vector<std::string> reasons;
};

class Audit {
 public:
  Audit(const Workspace& workspace, const Terminal& terminal, const Exercise& exercise, int runs)
      : workspace_(workspace), terminal_(terminal), exercise_(exercise), runs_(runs) {}

  std::vector<AuditResult> run() {
    files();
    auto quiet = std::async(namespaces() ? std::launch::async : std::launch::deferred,
                            [this] { return quiet_compilers(); });
    built_ = build_ahead();
    const bool good = reference();
    for (AuditResult& result : quiet.get()) results_.push_back(std::move(result));
    if (!good) {
      sheet();
      return std::move(results_);
    }
    const std::vector<Submission> rights = shelf(workspace_, exercise_, "right");
    const std::vector<Submission> wrongs = shelf(workspace_, exercise_, "wrong");
    std::vector<Judged> judged(rights.size() + wrongs.size());
    std::vector<std::function<void()>> gradings = {
        [&] { stub_ = grade(stub_submission(workspace_, exercise_), {}); }};
    for (std::size_t i = 0; i < judged.size(); ++i) {
      gradings.push_back([&, i] {
        judged[i] = i < rights.size() ? right(rights[i]) : wrong(wrongs[i - rights.size()]);
      });
    }
    side_by_side(gradings);
    stub();
    sheet();
    for (Judged& one : judged) {
      results_.push_back(std::move(one.result));
      reasons_.insert(one.reasons.begin(), one.reasons.end());
    }
    coverage(rights.size(), wrongs.size());
    return std::move(results_);
  }

 private:
  void add(const std::string& rule, bool passed, const std::string& finding = "") {
    results_.push_back({rule, passed, finding});
  }

  bool namespaces() const { return isolation(workspace_) == Isolation::namespaces; }

  // A grading waits much of its time (mpirun starts, a child is traced, a hang is proven), so that two go side by side
  // even on one core. Without namespaces one after the other: what a suite left behind is told from all other
  // processes by being a child of this one, and so would be the next suite.
  void side_by_side(const std::vector<std::function<void()>>& gradings) const {
    const unsigned many =
        built_ && namespaces() ? std::max(2U, std::thread::hardware_concurrency()) : 1;
    std::atomic<std::size_t> next = 0;
    const auto work = [&] {
      for (std::size_t i = next++; i < gradings.size(); i = next++) gradings[i]();
    };
    std::vector<std::future<void>> helpers;
    for (unsigned i = 1; i < many; ++i) helpers.push_back(std::async(std::launch::async, work));
    work();
    for (std::future<void>& helper : helpers) helper.get();
  }

  // All of them in one go: ninja keeps every core busy, which one submission after the other doesn't.
  bool build_ahead() {
    std::vector<Build::Wanted> all;
    const auto want = [&](const Submission& submission, bool sanitized) {
      all.push_back({submission, false});
      if (sanitized && has_clean(exercise_)) all.push_back({submission, true});
    };
    want(solution_submission(workspace_, exercise_), true);
    want(stub_submission(workspace_, exercise_), false);
    for (const Submission& one : shelf(workspace_, exercise_, "right")) want(one, true);
    for (const Submission& one : shelf(workspace_, exercise_, "wrong")) want(one, about_clean(one));
    terminal_.progress(fmt::format("{}: building {} programs", exercise_.id, all.size()));
    return Build(workspace_, terminal_).make_ahead(all);
  }

  // Both suites, whole.
  static GradePlan everything() {
    GradePlan plan;
    plan.always_sanitize = true;
    return plan;
  }

  Verdict grade(const Submission& submission, GradePlan plan) const {
    terminal_.progress(fmt::format("{}: {}", exercise_.id, submission.slot));
    plan.built = built_;
    plan.sanitize = plan.always_sanitize;
    Verdict verdict = grade_submission(workspace_, terminal_, submission, plan);
    terminal_.progress("");
    return verdict;
  }

  void files() {
    const fs::path own = workspace_.root / "exercises" / exercise_.id;
    std::vector<fs::path> needed = {own / "README.md", own / "hints.md", own / "interview.md",
                                    workspace_.root / "solutions" / exercise_.id / "README.md"};
    if (!exercise_.contract.empty()) needed.push_back(own / exercise_.contract);
    for (const std::string& file : exercise_.files) {
      needed.push_back(own / file);
      needed.push_back(workspace_.root / "solutions" / exercise_.id / file);
    }
    std::string missing;
    for (const fs::path& file : needed) {
      std::error_code error;
      if (!fs::exists(file) || fs::file_size(file, error) == 0)
        missing += fs::relative(file, workspace_.root).string() + " ";
    }
    add("all its files are there", missing.empty(),
        missing.empty() ? "" : "missing or empty: " + missing);

    const std::string hints = text_of(own / "hints.md");
    std::size_t count = 0;
    for (std::size_t at = 0; (at = hints.find("## Hint ", at)) != std::string::npos; ++at) ++count;
    add("2 to 4 hints", count >= 2 && count <= 4,
        fmt::format("hints.md has {} headings \"## Hint N\"", count));
    if (count >= 2 && count <= 4) results_.back().finding.clear();

    if (exercise_.kind != Kind::claims) {
      add("a bench", fs::exists(workspace_.root / "bench" / exercise_.id / "CMakeLists.txt"),
          fs::exists(workspace_.root / "bench" / exercise_.id / "CMakeLists.txt")
              ? ""
              : "bench/" + exercise_.id + " has no CMakeLists.txt");
    }
  }

  // Contract, stub and reference, under both compilers: what a learner starts from must not warn.
  std::vector<AuditResult> quiet_compilers() const {
    std::vector<AuditResult> results;
    const fs::path own = workspace_.root / "exercises" / exercise_.id;
    std::vector<fs::path> sources;
    if (!exercise_.contract.empty()) sources.push_back(own / exercise_.contract);
    for (const std::string& file : exercise_.files) {
      if (fs::path(file).extension() == ".txt") continue;
      sources.push_back(own / file);
      sources.push_back(workspace_.root / "solutions" / exercise_.id / file);
    }
    for (const char* compiler : {"g++", "clang++"}) {
      std::string said;
      bool here = true;
      for (const fs::path& source : sources) {
        Command command;
        command.argv = {compiler,     "-std=c++20",   "-fsyntax-only", "-Wall",   "-Wextra",
                        "-Wpedantic", "-Wconversion", "-Wshadow",      "-Werror", "-I",
                        own.string(), "-isystem",     mpi_include()};
        if (source.extension() == ".hpp") {
          command.argv.insert(command.argv.end(),
                              {"-x", "c++", "-include", source.string(), "/dev/null"});
        } else {
          command.argv.push_back(source.string());
        }
        const ToolRun run = run_tool(command);
        if (run.status == 127) here = false;
        if (run.status != 0 && here) said += run.output;
      }
      if (!here) continue;  // clang++ is optional; CI has it
      results.push_back({fmt::format("contract, stub and reference are quiet under {}", compiler),
                         said.empty(), said});
    }
    return results;
  }

  // Where mpi.h lies, as Open MPI's own wrapper says it.
  static std::string mpi_include() {
    Command command;
    command.argv = {"mpicxx", "--showme:incdirs"};
    const std::string words = run_tool(command).output;
    return words.substr(0, words.find_first_of(" \n"));
  }

  bool reference() {
    for (int i = 0; i < runs_; ++i) {
      reference_ = grade(solution_submission(workspace_, exercise_), everything());
      if (reference_.outcome != Outcome::passed) break;
    }
    const bool good = reference_.outcome == Outcome::passed;
    add("the reference passes all, clean", good,
        good ? fmt::format("{} tests, {:.1f} s", reference_.total, reference_.seconds)
             : first_failure(reference_));
    if (good) {
      // The criteria in the order in which a learner meets them.
      std::vector<std::string> order;
      for (const TestResult& test : reference_.tests) {
        if (order.empty() || order.back() != test.criterion()) order.push_back(test.criterion());
      }
      const std::vector<std::string> wanted =
          exercise_.kind == Kind::claims ? std::vector<std::string>{"Correct"}
                                         : std::vector<std::string>{"Correct", "Robust", "Cost"};
      add("its criteria stand in order", order == wanted,
          order == wanted ? "" : fmt::format("they are {}", fmt::join(order, ", ")));
    }
    return good;
  }

  void stub() {
    const Verdict& verdict = stub_;
    std::set<std::string> reached;
    std::string crashed;
    for (const TestResult& test : verdict.tests) {
      if (test.state == TestState::failed) {
        reached.insert(test.criterion());
        if (test.criterion() == "Correct") reasons_.insert(test.name);
      } else if (test.state != TestState::passed) {
        crashed += test.name + " ";
      }
    }
    std::string missing;
    for (const TestResult& test : verdict.tests) {
      if (!reached.contains(test.criterion()) &&
          missing.find(test.criterion()) == std::string::npos)
        missing += test.criterion() + " ";
    }
    const bool graded = !verdict.tests.empty();
    add("the stub fails a test of each criterion", graded && missing.empty(),
        graded ? (missing.empty() ? "" : "none fails in: " + missing) : first_failure(verdict));
    add("the stub crashes none", graded && crashed.empty(),
        crashed.empty() ? "" : "ended badly in: " + crashed);
  }

  // The rules I01 to I10 of interview.md.
  void sheet() {
    const fs::path own = workspace_.root / "exercises" / exercise_.id;
    SheetSurroundings around;
    around.robust = around.cost = exercise_.kind != Kind::claims;
    around.allowed = exercise_.interview_allows;
    for (const TestResult& test : reference_.tests) around.manifest.push_back(test.name);
    if (!exercise_.contract.empty()) around.open_sources += text_of(own / exercise_.contract);
    for (const std::string& file : exercise_.files) {
      around.open_sources += "\n" + text_of(own / file);
      around.reference += "\n" + text_of(workspace_.root / "solutions" / exercise_.id / file);
    }
    const std::string text = text_of(own / "interview.md");
    const auto findings = sheet_findings(text, around);
    for (const SheetFinding& one : findings) add("interview sheet, " + one.rule, false, one.text);
    const auto examples = parse_sheet(text).examples;
    const bool shows = std::any_of(examples.begin(), examples.end(), [&](const Example& one) {
      return knows(stub_, one.test) && !passes(stub_, one.test);
    });
    if (!shows && !stub_.tests.empty())
      add("interview sheet, I04", false, "the stub passes every example: nothing is left to show");
    if (findings.empty() && shows) add("the interview sheet keeps its rules, I01 to I10", true);
  }

  Judged right(const Submission& submission) const {
    Verdict verdict;
    for (int i = 0; i < runs_; ++i) {
      verdict = grade(submission, everything());
      if (verdict.outcome != Outcome::passed) break;
    }
    return {{fmt::format("right/{} is accepted", submission.directory.filename().string()),
             verdict.outcome == Outcome::passed,
             verdict.outcome == Outcome::passed ? "" : first_failure(verdict)},
            {}};
  }

  // The tests that its first line names.
  std::vector<std::string> named_by(const Submission& submission) const {
    std::string first;
    std::ifstream in(first_file(submission));
    std::getline(in, first);
    return rejected_by(first);
  }

  bool about_clean(const Submission& submission) const {
    const std::vector<std::string> named = named_by(submission);
    return std::find(named.begin(), named.end(), "Clean") != named.end();
  }

  fs::path first_file(const Submission& submission) const {
    if (!fs::is_directory(submission.directory)) return submission.directory;
    for (const std::string& file : exercise_.files) {
      if (fs::exists(submission.directory / file)) return submission.directory / file;
    }
    return submission.directory;
  }

  Judged wrong(const Submission& submission) const {
    const std::string name = "wrong/" + submission.directory.filename().string();
    std::istringstream text(text_of(first_file(submission)));
    std::string first;
    std::string second;
    std::getline(text, first);
    std::getline(text, second);
    const std::vector<std::string> named = rejected_by(first);
    if (named.empty() || second.size() < 20) {
      return {{name + " says what rejects it, and why", false,
               "its first line is \"// rejected by: Criterion.Test\" and the next a sentence: what "
               "was forgotten, what a user would notice"},
              {}};
    }
    bool about_correct = false;
    for (const std::string& test : named)
      about_correct = about_correct || test.starts_with("Correct.");
    // What is asked of it: the tests it names, and where the mistake isn't about Correct, all of that. What would come
    // behind them decides nothing.
    GradePlan plan;
    plan.always_sanitize = std::find(named.begin(), named.end(), "Clean") != named.end();
    if (!plan.always_sanitize) plan.until = named;
    for (const TestResult& test : reference_.tests) {
      if (!plan.until.empty() && !about_correct && test.criterion() == "Correct")
        plan.until.push_back(test.name);
    }
    std::string finding;
    for (int i = 0; i < runs_ && finding.empty(); ++i) {
      const Verdict verdict = grade(submission, plan);
      if (verdict.tests.empty()) {
        finding = first_failure(verdict);
        break;
      }
      for (const std::string& test : named) {
        if (!knows(verdict, test)) {
          finding += fmt::format("the suite has no {}. ", test);
        } else if (passes(verdict, test)) {
          finding +=
              fmt::format("{} passes{}. ", test, runs_ > 1 ? fmt::format(" in run {}", i + 1) : "");
        }
      }
      for (const TestResult& test : verdict.tests) {
        if (test.state == TestState::passed || test.state == TestState::not_run) continue;
        if (!about_correct && test.criterion() == "Correct")
          finding += fmt::format("{} fails too, and the mistake isn't about Correct. ", test.name);
      }
    }
    return {{fmt::format("{} is rejected by {}", name, fmt::join(named, ", ")), finding.empty(),
             finding},
            finding.empty() ? named : std::vector<std::string>{}};
  }

  void coverage(std::size_t right_count, std::size_t wrong_count) {
    std::string unproven;
    for (const TestResult& test : reference_.tests) {
      if (!reasons_.contains(test.name)) unproven += test.name + " ";
    }
    add("every test is the reason of a rejection", unproven.empty(),
        unproven.empty() ? "" : "nothing is rejected by: " + unproven);
    add("at least 4 wrong submissions and 1 right one", wrong_count >= 4 && right_count >= 1,
        fmt::format("{} wrong, {} right", wrong_count, right_count));
  }

  const Workspace& workspace_;
  const Terminal& terminal_;
  const Exercise& exercise_;
  int runs_;
  bool built_ = false;
  Verdict reference_, stub_;
  std::set<std::string> reasons_;
  std::vector<AuditResult> results_;
};

}  // namespace

std::vector<AuditResult> audit_exercise(const Workspace& workspace, const Terminal& terminal,
                                        const Exercise& exercise, int runs) {
  try {
    return Audit(workspace, terminal, exercise, runs).run();
  } catch (const KitError& error) {
    return {{"it can be audited", false, std::string(error.what()) + " " + error.mend()}};
  }
}

std::vector<std::string> rejected_by(const std::string& first_line) {
  for (const std::string begin : {"// rejected by: ", "# rejected by: "}) {
    if (!first_line.starts_with(begin)) continue;
    std::vector<std::string> names;
    std::istringstream words(first_line.substr(begin.size()));
    for (std::string name; std::getline(words, name, ',');) {
      name.erase(0, name.find_first_not_of(' '));
      name.erase(name.find_last_not_of(' ') + 1);
      if (!name.empty()) names.push_back(name);
    }
    return names;
  }
  return {};
}

}  // namespace kit
