// kit bench: baseline, yours, the reference and the libraries one would pick, side by side, and the
// machine's roof.
#include <fmt/format.h>
#include <poll.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>

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

struct BenchRun {
  json result;
  std::string output;
  int status = 0;
};

BenchRun run_bench(const Context& context, const Exercise& exercise, const fs::path& program,
                   const fs::path& yours, const fs::path& reference) {
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
  const auto begin = std::chrono::steady_clock::now();
  Process process = Process::sandboxed(context.workspace, command);
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

std::string significant(double value) {
  if (value >= 1000) return fmt::format("{:.0f}", value);
  if (value >= 100) return fmt::format("{:.1f}", value);
  return fmt::format("{:.3g}", value);
}

std::string ratio_text(const Terminal& terminal, const json& row) {
  if (!row.contains("ratio")) return "";
  const json& ratio = row["ratio"];
  const double median = ratio.value("median", 0.0);
  const std::string verdict = row.value("verdict", "");
  std::string text = fmt::format("{:>6.2f} {:<12} [{:.2f} .. {:.2f}]", median, verdict,
                                 ratio.value("q1", 0.0), ratio.value("q3", 0.0));
  if (row.value("role", "") != "yours") return text;
  return verdict == "faster"   ? terminal.good(text)
         : verdict == "slower" ? terminal.attention(text)
                               : text;
}

std::string workload_table(const Terminal& terminal, const json& work) {
  std::string text =
      fmt::format("{}, {} alternating pairs\n", work.value("workload", ""), work.value("pairs", 0));
  if (work.contains("roof") && work["roof"].is_object()) {
    const json& roof = work["roof"];
    text += fmt::format("roof: {}, {} {}\n", roof.value("name", ""),
                        significant(roof.value("value", 0.0)), roof.value("unit", ""));
  }
  std::string time_unit = "time";
  std::string rate_unit;
  std::size_t widest = 9;
  double slowest = 0;
  for (const json& row : work.value("rows", json::array())) {
    widest = std::max(widest, row.value("name", "").size());
    if (row.contains("time_unit")) time_unit = row.value("time_unit", "");
    if (row.contains("rate_unit")) rate_unit = row.value("rate_unit", "");
    slowest = std::max(slowest, row.value("time", 0.0));
  }
  widest = std::min<std::size_t>(widest, 24);
  text += terminal.quiet(fmt::format("\n  {:<{}} {:>8} {:>8}  {:>7}   {}\n", "", widest, time_unit,
                                     rate_unit, "of roof", "time against the reference's"));
  for (const json& row : work.value("rows", json::array())) {
    const std::string name = row.value("name", "");
    if (!row.contains("time")) {
      text +=
          fmt::format("  {:<{}} {}\n", name, widest, terminal.bad(row.value("note", "not timed")));
      continue;
    }
    const std::string rate = row.contains("rate") ? significant(row.value("rate", 0.0)) : "";
    const std::string share =
        row.contains("of_roof") ? fmt::format("{:.0f} %", 100 * row.value("of_roof", 0.0)) : "";
    text +=
        fmt::format("  {:<{}} {:>8} {:>8}  {:>7}   {}\n", name, widest,
                    significant(row.value("time", 0.0)), rate, share, ratio_text(terminal, row));
  }
  text += "\n";
  for (const json& row : work.value("rows", json::array())) {
    if (!row.contains("time") || slowest <= 0) continue;
    text += fmt::format("  {:<{}} {}\n", row.value("name", ""), widest,
                        terminal.bar(row.value("time", 0.0) / slowest, 40));
  }
  if (work.contains("noise") && work["noise"].is_object()) {
    const json& noise = work["noise"];
    text += terminal.quiet(
        fmt::format("\n{:.1f} % between repeats; under {:.0f} % nothing is told apart here.\n",
                    100 * noise.value("between_repeats", 0.0),
                    std::ceil(100 * noise.value("told_apart", 0.0))));
  }
  return text;
}

}  // namespace

int bench(const Context& context, const std::string& word) {
  const Exercise& exercise = context.catalogue.find(word);
  if (!fs::exists(context.workspace.root / "bench" / exercise.id / "CMakeLists.txt")) {
    throw KitError(fmt::format("{} has no bench.", exercise.id),
                   "It asks for an analysis, not for speed.");
  }
  const Submission yours = your_submission(context.workspace, exercise);
  const Submission reference = solution_submission(context.workspace, exercise);
  const Build build(context.workspace, context.terminal);
  const Built built = build.make(yours, {exercise.target() + ".bench", yours.target() + ".bench",
                                         reference.target() + ".bench"});
  if (!built.ok) {
    context.terminal.print(built.errors + "\n" + context.terminal.bad("DOES NOT COMPILE") + "\n");
    return kNotPassed;
  }
  const BenchRun run =
      run_bench(context, exercise, context.workspace.build / "bench" / exercise.id / "bench",
                build.candidate(yours), build.candidate(reference));
  if (!run.result.is_object() || !run.result.contains("rows")) {
    throw KitError(fmt::format("The bench of {} ended with {} and no result:\n{}", exercise.id,
                               run.status, run.output),
                   fmt::format("If yours does not pass yet, that comes first:   ./kit grade {}",
                               exercise.short_name()));
  }
  const Terminal& terminal = context.terminal;
  terminal.print(
      fmt::format("{}   {}", terminal.strong(exercise.id), workload_table(terminal, run.result)));
  for (const json& more : run.result.value("more", json::array()))
    terminal.print("\n" + workload_table(terminal, more));
  for (const json& note : run.result.value("notes", json::array())) {
    if (note.is_string()) terminal.print(terminal.quiet(wrap(note.get<std::string>(), 80)) + "\n");
  }
  for (const json& peer : run.result.value("missing_peers", json::array())) {
    terminal.print(fmt::format("not measured: {} (package {})\n", peer.value("name", ""),
                               peer.value("package", "")));
  }
  if (!yours.stub) keep_bench(context.workspace, yours, run.result);
  return kPassed;
}

}  // namespace kit
