// kit audit: the rules of an exercise, each checked on every submission it has. For authors and CI.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include "audit.hpp"
#include "commands.hpp"

namespace kit {

int audit(const Context& context, const std::vector<std::string>& words, int runs) {
  const std::vector<std::string> all = {"all"};
  int passed = 0;
  int failed = 0;
  for (const Exercise* exercise : context.catalogue.select(words.empty() ? all : words)) {
    context.terminal.print(context.terminal.strong(exercise->id) + "\n");
    for (const AuditResult& result :
         audit_exercise(context.workspace, context.terminal, *exercise, runs)) {
      (result.passed ? passed : failed)++;
      if (!result.passed) {
        context.terminal.print(
            fmt::format("  {}  {}\n", context.terminal.bad("broken"), result.rule));
        context.terminal.print("          " + wrap(result.finding, 78, 10) + "\n");
      } else if (!result.finding.empty()) {
        context.terminal.print(fmt::format("  {}      {}   {}\n", context.terminal.good("ok"),
                                           result.rule, context.terminal.quiet(result.finding)));
      } else {
        context.terminal.print(
            fmt::format("  {}      {}\n", context.terminal.good("ok"), result.rule));
      }
    }
  }
  context.terminal.print(fmt::format("\n{} rules hold, {} are broken\n", passed, failed));
  return failed == 0 ? kPassed : kNotPassed;
}

}  // namespace kit
