// kit test: the kit's own tests. Everything is built, the unit tests of grader, harness and lenses
// run, every exercise is audited; the last line is "N passed, N failed".
#include <fmt/format.h>

#include <sstream>

#include "audit.hpp"
#include "build.hpp"
#include "commands.hpp"
#include "sandbox.hpp"

namespace kit {

namespace {

struct Count {
  int passed = 0;
  int failed = 0;
};

// ctest's own line a test is "    1/12 Test  #3: unit.history_test ........   Passed    0.41 sec".
Count run_unit_tests(const Context& context) {
  Command ctest;
  ctest.argv = {"ctest",
                "--test-dir",
                context.workspace.build.string(),
                "-L",
                "unit",
                "--output-on-failure",
                "--no-tests=error"};
  struct Seen {
    const Terminal& terminal;
    Count count;
  } seen{context.terminal, {}};
  const ToolRun run = run_tool(
      ctest,
      [](void* self, const std::string& line) {
        auto& s = *static_cast<Seen*>(self);
        if (line.find("Test ") == std::string::npos || line.find('#') == std::string::npos ||
            line.find(" sec") == std::string::npos)
          return;
        const bool good = line.find("   Passed ") != std::string::npos;
        (good ? s.count.passed : s.count.failed)++;
        s.terminal.progress(fmt::format("unit tests: {} ended", s.count.passed + s.count.failed));
      },
      &seen);
  context.terminal.progress("");
  if (run.status != 0) {
    context.terminal.print(run.output);
    if (seen.count.failed == 0) ++seen.count.failed;  // ctest itself failed
  }
  return seen.count;
}

}  // namespace

int test(const Context& context) {
  const Terminal& terminal = context.terminal;
  Count total;
  for (const KitError& error : context.catalogue.errors()) {
    terminal.print(fmt::format("  {}  {}\n", terminal.bad("broken"), error.what()));
    ++total.failed;
  }
  Build(context.workspace, terminal).make({"unit-tests"});
  const Count unit = run_unit_tests(context);
  terminal.print(fmt::format("unit tests   {} passed, {} failed\n\n", unit.passed, unit.failed));
  total.passed += unit.passed;
  total.failed += unit.failed;
  for (const Exercise& exercise : context.catalogue.exercises()) {
    int broken = 0;
    int hold = 0;
    for (const AuditResult& result : audit_exercise(context.workspace, terminal, exercise, 1)) {
      (result.passed ? hold : broken)++;
      if (!result.passed) {
        terminal.print(fmt::format("  {}  {}: {}\n          {}\n", terminal.bad("broken"),
                                   exercise.id, result.rule, wrap(result.finding, 78, 10)));
      }
    }
    terminal.print(fmt::format("{:<32} {} rules hold, {} broken\n", exercise.id, hold, broken));
    total.passed += hold;
    total.failed += broken;
  }
  terminal.print(fmt::format("\n{} passed, {} failed\n", total.passed, total.failed));
  return total.failed == 0 ? kPassed : kNotPassed;
}

}  // namespace kit
