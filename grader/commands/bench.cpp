// kit bench: baseline, yours, the reference and the libraries one would pick, side by side, and the
// machine's roof.
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>

#include <array>
#include <chrono>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "bench_curves.hpp"
#include "bench_table.hpp"
#include "build.hpp"
#include "commands.hpp"
#include "commands/show_picture.hpp"
#include "fast.hpp"
#include "interrupt.hpp"
#include "sandbox.hpp"

namespace kit {

namespace {

namespace fs = std::filesystem;
using nlohmann::json;
constexpr int kLongestSeconds = 300;
constexpr const char* kPredicted = "predicted.jsonl";

// What moves a json only asserts.  NOLINTNEXTLINE(bugprone-exception-escape)
struct BenchRun {
  json result;
  std::string output;
  int status = 0;
};

// Runs `command` in `directory` with the candidates, to its end.
BenchRun run_bench(const Context& context, const Exercise& exercise, const RunDirectory& directory,
                   Command command, const fs::path& yours, const fs::path& reference,
                   const Launcher* launcher) {
  command.directory = directory.path();
  command.environment = {{"PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"},
                         {"HOME", directory.path().string()},
                         {"TMPDIR", directory.path().string()},
                         {"LANG", "C.UTF-8"},
                         {"KIT_BENCH_OUT", (directory.path() / "bench.json").string()},
                         {"KIT_PREDICTED_OUT", (directory.path() / kPredicted).string()},
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

// Its bench counts messages, too (kit_prediction in bench/CMakeLists.txt).
bool has_prediction(const Workspace& workspace, const Exercise& exercise) {
  for (const auto& entry : fs::directory_iterator(workspace.root / "bench" / exercise.id))
    if (entry.path().filename().string().ends_with("_predicted.cpp")) return true;
  return false;
}

// Where the picture of a chart lies from now on, said in a line.
std::string picture_line(const Context& context, const Exercise& exercise, const char* name,
                         const CurveChart& chart) {
  const PictureKind kind = {name, "chart", "", ""};
  return "\n  the picture   " + write_drawing(context, exercise, kind, false, "", to_svg(chart)) +
         "\n";
}

// The messages of the candidates on 4 to 64 ranks. Yours runs by itself: what it does there, where it may end or wait for
// ever, costs its own rows only.
void show_predictions(const Context& context, const Exercise& exercise, const Build& build,
                      const Submission& yours, const Submission& reference) {
  const fs::path program = context.workspace.build / "bench" / exercise.id / "predicted";
  const auto of = [&](std::vector<std::string> argv, const fs::path& mine, const fs::path& theirs) {
    const RunDirectory directory;
    argv.insert(argv.begin(), program.string());
    Command command;
    command.argv = std::move(argv);
    const BenchRun run = run_bench(context, exercise, directory, command, mine, theirs, nullptr);
    std::ifstream in(directory.path() / kPredicted);
    std::ostringstream lines;
    lines << in.rdbuf();
    return run.status == 0 ? read_predictions(lines.str()) : std::vector<Prediction>();
  };
  const Terminal& terminal = context.terminal;
  std::vector<Prediction> all;
  if (!yours.stub) {
    all = of({"--gtest_filter=Predicted.Candidates"}, build.candidate(yours), {});
    if (all.empty())
      terminal.print(terminal.attention(
          "\nYours did not end on 4 to 64 ranks, so nothing is predicted for it.\n"));
  }
  for (Prediction& each : of({}, {}, build.candidate(reference))) all.push_back(std::move(each));
  if (all.empty()) return;
  terminal.print(
      fmt::format("\nPredicted from the messages: a core for each rank, 15 us and 12.5 GB/s\n"
                  "between any two of them, one message out and one in at a time.\n{}",
                  prediction_text(terminal, all)));
  if (const auto chart = prediction_curves(all))
    terminal.print("\n" + chart->title + "\n" + to_text(*chart, terminal) +
                   picture_line(context, exercise, "predicted", *chart));
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
  std::vector<std::string> targets = {exercise.target() + ".bench", yours.target() + ".bench",
                                      reference.target() + ".bench"};
  const bool predicts = !launcher && has_prediction(context.workspace, exercise);
  if (predicts) targets.push_back(exercise.target() + ".predicted");
  const Built built = build.make(yours, targets);
  if (!built.ok) {
    context.terminal.print(built.errors + "\n" + context.terminal.bad("DOES NOT COMPILE") + "\n");
    return kNotPassed;
  }
  const RunDirectory directory;
  Command command;
  command.argv = {(context.workspace.build / "bench" / exercise.id / "bench").string()};
  const BenchRun run = run_bench(context, exercise, directory, command, build.candidate(yours),
                                 build.candidate(reference), launcher ? &*launcher : nullptr);
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
  if (const auto chart = size_curves(run.result))
    context.terminal.print("\n" + chart->title + "\n" + to_text(*chart, context.terminal) +
                           picture_line(context, exercise, "bench", *chart));
  if (predicts) show_predictions(context, exercise, build, yours, reference);
  // What is kept is of this machine.
  if (!yours.stub && !launcher) keep_bench(context.workspace, yours, run.result);
  return kPassed;
}

}  // namespace kit
