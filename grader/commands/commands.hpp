// One function a verb; each lives in commands/VERB.cpp and returns the exit code. main.cpp parses and dispatches.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "catalogue.hpp"
#include "errors.hpp"
#include "launch.hpp"
#include "terminal.hpp"
#include "workspace.hpp"

namespace kit {

/// What every verb is given.
struct Context {
  const Workspace& workspace;
  const Catalogue& catalogue;
  const Terminal& terminal;
};

struct GradeOptions {
  std::vector<std::string> words;
  std::string submission;  // --submission DIR
  bool solution = false, json = false, sanitize = true, all = false, raw = false;
  std::vector<std::string> only;
  std::optional<std::uint64_t> seed;
  LaunchWish launch;
  bool sbatch = false;
};

struct ListOptions {
  std::string area, status;
  int level = 0;
};

struct NextOptions {
  bool other = false, why = false, yes = false;
  bool look = false;  // says what it would propose, begins nothing and asks nothing
  std::string until;  // "2027-01-15", "none", or empty
};

struct ReportOptions {
  std::string output, until;
  int daily = 60;  // minutes a day, for the plan
  bool open = false;
};

int home(const Context& context);  // `kit` alone
int next(const Context& context, const NextOptions& options = {});
int list(const Context& context, const ListOptions& options);
int show(const Context& context, const std::string& word);
/// `show --messages`, `show --growth`, `show --misses`, `show --calls`: the picture goes to `output`, if that isn't empty.
int show_messages(const Context& context, const std::string& word, bool solution_alone,
                  const std::string& output);
int show_growth(const Context& context, const std::string& word, bool solution_alone,
                const std::string& output);
int show_misses(const Context& context, const std::string& word, bool solution_alone,
                const std::string& output);
int show_calls(const Context& context, const std::string& word, bool solution_alone,
               const std::string& output);
int start(const Context& context, const std::string& word, bool again = false);
int open(const Context& context, const std::string& word);
int hint(const Context& context, const std::string& word);
int grade(const Context& context, const GradeOptions& options);
int watch(const Context& context, const std::string& word, const LaunchWish& launch = {});
int bench(const Context& context, const std::string& word, const LaunchWish& launch = {});
/// Measures the machine unless that was done before, or `again`.
int roofs(const Context& context, bool again);
int solution(const Context& context, const std::string& word, bool yes);
int reset(const Context& context, const std::string& word);
int history(const Context& context, const std::string& word, std::optional<std::int64_t> restore);
int audit(const Context& context, const std::vector<std::string>& words, int runs);
int report(const Context& context, const ReportOptions& options);
int doctor(const Context& context);
int test(const Context& context, bool only_cluster);

}  // namespace kit
