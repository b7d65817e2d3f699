// kit test: the kit's own tests. Everything is built, the unit tests of grader, harness and lenses
// run, every exercise is audited, the mpi area is graded on several hosts; the last line is "N passed,
// N failed".
#include <fmt/format.h>

#include <cstdio>
#include <map>
#include <thread>

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
        if (line.find("***Skipped") != std::string::npos) {
          const auto name = line.find("unit.");
          s.terminal.print(
              fmt::format("not run: {}\n", line.substr(name, line.find(' ', name) - name)));
          return;
        }
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

// Audits are independent programs: as many at once as there are cores, each under `kit audit ID`. ctest prints a test's
// lines with its number before them: "12: 33 rules hold, 0 are broken".
Count run_audits(const Context& context) {
  Command ctest;
  ctest.argv = {"ctest",
                "--test-dir",
                context.workspace.build.string(),
                "-C",
                "Audit",
                "-L",
                "audit",
                "-V",
                "-j",
                std::to_string(std::max(1U, std::thread::hardware_concurrency()))};
  struct Seen {
    const Terminal& terminal;
    Count count;
    std::map<std::string, std::string> id;      // of each number
    std::map<std::string, std::string> broken;  // what is broken there, so far
    int ended = 0;
  } seen{context.terminal, {}, {}, {}, 0};
  const ToolRun run = run_tool(
      ctest,
      [](void* self, const std::string& line) {
        auto& s = *static_cast<Seen*>(self);
        if (const auto at = line.find(": audit.");
            line.find("Start ") != std::string::npos && at != std::string::npos) {
          const auto number = line.substr(0, at).find_last_of(' ') + 1;
          s.id[line.substr(number, at - number)] = line.substr(at + 8);
          return;
        }
        const auto colon = line.find(": ");
        if (colon == std::string::npos || !s.id.contains(line.substr(0, colon))) return;
        const std::string number = line.substr(0, colon);
        const std::string text = line.substr(colon + 2);
        std::string& broken = s.broken[number];
        int hold = 0;
        int bad = 0;
        if (text.starts_with("  broken  ") || (!broken.empty() && text.starts_with("          "))) {
          broken += "  " + text + "\n";
        } else if (std::sscanf(text.c_str(), "%d rules hold, %d are broken", &hold, &bad) == 2) {
          s.terminal.print(
              fmt::format("{:<32} {} rules hold, {} broken\n{}", s.id[number], hold, bad, broken));
          s.count.passed += hold;
          s.count.failed += bad;
          ++s.ended;
        } else if (!text.starts_with("  ok ")) {
          return;
        }
        s.terminal.progress(fmt::format("audits: {} ended", s.ended));
      },
      &seen);
  context.terminal.progress("");
  const int missing = static_cast<int>(context.catalogue.exercises().size()) - seen.ended;
  if (missing > 0) {
    context.terminal.print(run.output);
    context.terminal.print(fmt::format("{} audits did not come to their end\n", missing));
    seen.count.failed += missing;
  }
  return seen.count;
}

// Gradings and faults on three hosts in network namespaces (tests/cluster/cluster_test.sh): a line each. Where namespaces
// are forbidden nothing is run, and the reason said.
Count run_cluster(const Context& context) {
  Command script;
  script.argv = {(context.workspace.root / "tests/cluster/cluster_test.sh").string(),
                 (context.workspace.build / "grader/kit-grader").string(),
                 context.workspace.root.string(), context.workspace.build.string()};
  struct Seen {
    const Terminal& terminal;
    Count count;
  } seen{context.terminal, {}};
  const ToolRun run = run_tool(
      script,
      [](void* self, const std::string& line) {
        auto& s = *static_cast<Seen*>(self);
        if (line.ends_with(" failed") && line.find(" passed, ") != std::string::npos) return;
        s.count.passed += line.starts_with("  ok ") ? 1 : 0;
        s.count.failed += line.starts_with("  FAILED ") ? 1 : 0;
        s.terminal.print(line + "\n");
      },
      &seen);
  constexpr int kForbidden = 77;
  if (run.status == kForbidden) {
    context.terminal.print("not run: the cluster tests\n");
  } else if (run.status != 0 && seen.count.failed == 0) {
    ++seen.count.failed;
    context.terminal.print(fmt::format("the cluster tests ended with {}\n", run.status));
  }
  return seen.count;
}

// What the cluster tests grade; built before, so that their limits of time are for what runs.
std::vector<std::string> cluster_targets(const Context& context) {
  std::vector<std::string> targets;
  for (const Exercise& exercise : context.catalogue.exercises())
    if (exercise.kind == Kind::mpi) targets.push_back(exercise.target() + ".solution");
  return targets;
}

}  // namespace

int test(const Context& context, bool only_cluster) {
  const Terminal& terminal = context.terminal;
  Count total;
  for (const KitError& error : context.catalogue.errors()) {
    terminal.print(fmt::format("  {}  {}\n", terminal.bad("broken"), error.what()));
    ++total.failed;
  }
  const Build build(context.workspace, terminal);
  const auto cluster = [&] {
    build.make(cluster_targets(context));
    const Count count = run_cluster(context);
    terminal.print(fmt::format("cluster   {} passed, {} failed\n", count.passed, count.failed));
    total.passed += count.passed;
    total.failed += count.failed;
    terminal.print(fmt::format("\n{} passed, {} failed\n", total.passed, total.failed));
    return total.failed == 0 ? kPassed : kNotPassed;
  };
  if (only_cluster) return cluster();
  // All at once: each new one has the build files made anew, which takes seconds.
  std::vector<std::string> ids;
  for (const Exercise& exercise : context.catalogue.exercises()) ids.push_back(exercise.id);
  build.open_shelves(ids);
  build.make({"unit-tests", "benches"});
  const Count unit = run_unit_tests(context);
  terminal.print(fmt::format("unit tests   {} passed, {} failed\n\n", unit.passed, unit.failed));
  total.passed += unit.passed;
  total.failed += unit.failed;
  const Count audits = run_audits(context);
  total.passed += audits.passed;
  total.failed += audits.failed;
  terminal.print("\n");
  return cluster();
}

}  // namespace kit
