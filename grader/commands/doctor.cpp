// `kit doctor`: what is installed, what is missing, what falls back, and the command that mends
// each.
#include <fmt/format.h>

#include <algorithm>

#include "commands/commands.hpp"
#include "machine.hpp"
#include "packages.hpp"

namespace kit {

namespace {

std::string things(std::ptrdiff_t n) {
  return n == 1 ? "1 thing" : fmt::format("{} things", n);
}

}  // namespace

int doctor(const Context& context) {
  const Terminal& terminal = context.terminal;
  std::vector<Finding> all =
      examine_packages(read_packages(context.workspace.root / "grader/packages.txt"));
  terminal.print(findings_text("Packages", all, terminal) + "\n");
  const std::vector<Finding> machine = examine_machine(context.workspace, terminal);
  terminal.print(findings_text("This machine", machine, terminal) + "\n");
  all.insert(all.end(), machine.begin(), machine.end());

  const auto count = [&](Finding::State state) {
    return std::count_if(all.begin(), all.end(),
                         [&](const Finding& finding) { return finding.state == state; });
  };
  const auto missing = count(Finding::State::missing);
  const auto falls_back = count(Finding::State::falls_back);
  const std::string rest = falls_back == 0 ? ""
                                           : fmt::format("; {} {} back", things(falls_back),
                                                         falls_back == 1 ? "falls" : "fall");
  if (missing > 0) {
    terminal.print(
        fmt::format("{}{}.\n", terminal.bad(fmt::format("{} missing", things(missing))), rest));
    return kCouldNot;
  }
  terminal.print(fmt::format("{}{}.\n", terminal.good("All that is needed is here"), rest));
  return kPassed;
}

}  // namespace kit
