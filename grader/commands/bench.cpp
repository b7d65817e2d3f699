// kit bench: baseline, yours, the reference and the libraries one would pick, side by side, and the
// machine's roof.
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>

#include <array>
#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>

#include "bench_table.hpp"
#include "build.hpp"
#include "commands.hpp"
#include "fast.hpp"
#include "interrupt.hpp"
#include "sandbox.hpp"

namespace kit {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
constexpr int kLongestSeconds = 300;

// What moves a json only asserts.  NOLINTNEXTLINE(bugprone-exception-escape)
struct BenchRun {
  json result;
  std::string output;
  int status = 0;
};

BenchRun run_bench(const Context& context, const Exercise& exercise, const fs::path& program,
                   const fs::path& yours, const fs::path& reference, const Launcher* launcher) {
  const RunDirectory directory;
  Command command;
  command.argv = {program.string()};
  command.directory = directory.path();
  command.environment = {{"PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
                         {"HOME", directory.path().string()},
                         {"TMPDIR", directory.path().string()},
                         {"LANG", "C.UTF-8"},
                         {"KIT_BENCH_OUT", (directory.path() / "bench.json").string()},
                         {"KIT_CANDIDATE_YOURS", yours.string()},
                         {"KIT_CANDIDATE_REFERENCE", reference.string()}};
  if (const char* seconds = std::getenv("KIT_BENCH_SECONDS"))
    command.environment["KIT_BENCH_SECONDS"] = seconds;
  if (launcher != nullptr) {
    // The user's own environment, and a place that rank 0's host sees too.
    for (const char* own : {"PATH", "HOME"}) command.environment.erase(own);
    command.environment["TMPDIR"] = context.workspace.build.string();
    for (const std::string& word : launcher->words)
      command.environment["KIT_BENCH_LAUNCHER"] += word + "\n";
    command.environment["KIT_BENCH_NODES"] = std::to_string(launcher->nodes);
    command.environment.merge(open_mpi_settings(environment_variable));
    for (char** one = environ; *one != nullptr; ++one) {
      const std::string setting = *one;
      if (const auto equal = setting.find('='); equal != std::string::npos)
        command.environment.try_emplace(setting.substr(0, equal), setting.substr(equal + 1));
    }
  }
  const auto begin = std::chrono::steady_clock::now();
  Process process = launcher != nullptr ? Process::launched(command)
                                        : Process::sandboxed(context.workspace, command);
  BenchRun run;
  bool ended = false;
  while (!ended) {
    std::array<pollfd, 2> waiting = {
        {{process.output(), POLLIN, 0}, {process.exit_notice(), POLLIN, 0}}};
    ::poll(waiting.data(), waiting.size(), 200);
    throw_if_interrupted();
    if (waiting[0].revents != 0) {
      std::array<char, 4096> bytes{};
      const ssize_t n = ::read(process.output(), bytes.data(), bytes.size());
      if (n > 0 && run.output.size() < 1U << 20)
        run.output.append(bytes.data(), static_cast<std::size_t>(n));
      if (n > 0) continue;
    }
    ended = waiting[1].revents != 0;
    const auto seconds =
        std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - begin)
            .count();
    if (seconds >= 1)
      context.terminal.progress(fmt::format("measuring {}: {} s", exercise.id, seconds));
    if (seconds > kLongestSeconds)
      throw KitError(
          fmt::format("The bench of {} did not end within {} s.", exercise.id, kLongestSeconds));
  }
  context.terminal.progress("");
  const int status = process.wait();
  run.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  if (std::ifstream in(directory.path() / "bench.json"); in)
    run.result = json::parse(in, nullptr, false);
  return run;
}

}  // namespace

int bench(const Context& context, const std::string& word, const LaunchWish& launch) {
  const Exercise& exercise = context.catalogue.find(word);
  if (!fs::exists(context.workspace.root / "bench" / exercise.id / "CMakeLists.txt")) {
    throw KitError(fmt::format("{} has no bench.", exercise.id),
                   "It asks for an analysis, not for speed.");
  }
  const Submission yours = your_submission(context.workspace, exercise);
  const Submission reference = solution_submission(context.workspace, exercise);
  const std::optional<Launcher> launcher =
      exercise.kind == Kind::mpi ? find_launcher(context.workspace, launch) : std::nullopt;
  if (launcher) context.terminal.print(fmt::format("launched by   {}\n", launcher->text()));
  const Build build(context.workspace, context.terminal);
  const Built built = build.make(yours, {exercise.target() + ".bench", yours.target() + ".bench",
                                         reference.target() + ".bench"});
  if (!built.ok) {
    context.terminal.print(built.errors + "\n" + context.terminal.bad("DOES NOT COMPILE") + "\n");
    return kNotPassed;
  }
  const BenchRun run = run_bench(
      context, exercise, context.workspace.build / "bench" / exercise.id / "bench",
      build.candidate(yours), build.candidate(reference), launcher ? &*launcher : nullptr);
  if (!run.result.is_object() || !run.result.contains("rows")) {
    throw KitError(fmt::format("The bench of {} ended with {} and no result:\n{}", exercise.id,
                               run.status, run.output),
                   fmt::format("If yours does not pass yet, that comes first:   ./kit grade {}",
                               exercise.short_name()));
  }
  const std::optional<Roofs> machine = launcher ? std::nullopt : kept_roofs(context.workspace);
  context.terminal.print(bench_screen(context.terminal, exercise.id, run.result, machine));
  if (!machine && !launcher)
    context.terminal.print(
        context.terminal.quiet("What this machine can do at best:   ./kit roofs\n"));
  // What is kept is of this machine.
  if (!yours.stub && !launcher) keep_bench(context.workspace, yours, run.result);
  return kPassed;
}

}  // namespace kit
