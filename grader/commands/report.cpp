// `kit report`: where you stand, as one HTML file that asks for nothing from outside.
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "commands/desk.hpp"
#include "report_data.hpp"
#include "report_page.hpp"

extern char** environ;

namespace kit {

namespace fs = std::filesystem;

namespace {

std::optional<Day> last_day(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const Day today = day_of(now());
  const auto day = parse_day(text);
  if (!day)
    throw KitError(
        fmt::format("\"{}\" is no date.", text),
        fmt::format("Year, month, day:   ./kit report --until {}", iso_date(today + 30)));
  if (*day <= today)
    throw KitError(fmt::format("{} is not after today, {}.", text, iso_date(today)));
  return day;
}

void write_page(const fs::path& file, const std::string& page) {
  std::error_code ignored;
  if (file.has_parent_path()) fs::create_directories(file.parent_path(), ignored);
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  if (!(out << page) || !out.flush())
    throw KitError(fmt::format("{} can't be written.", file.string()),
                   "Name another place:   ./kit report --output FILE");
}

bool open_in_browser(const fs::path& file) {
  std::string program = "xdg-open";
  std::string argument = fs::absolute(file).string();
  char* arguments[] = {program.data(), argument.data(), nullptr};
  pid_t child = 0;
  if (::posix_spawnp(&child, program.c_str(), nullptr, nullptr, arguments, environ) != 0)
    return false;
  int status = 0;
  return ::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

int report(const Context& context, const ReportOptions& options) {
  const History history = open_history(context);
  const Ladder ladder(context.workspace, context.catalogue, history);
  const ReportFiles files =
      read_report_files(context.workspace.root / "grader" / "report", VegaLibrary{});
  const auto data =
      report_data(context.workspace, ladder, history, {last_day(options.until), options.daily});
  const std::string page = report_page(data, files);
  const fs::path file =
      options.output.empty() ? context.workspace.state / "report.html" : fs::path(options.output);
  write_page(file, page);
  const std::string shown = options.output.empty() ? ".kit/report.html" : options.output;
  std::string screen =
      fmt::format("{}   {} kB, {} of them your data\n", context.terminal.strong(shown),
                  (page.size() + 500) / 1000, (data.dump().size() + 500) / 1000);
  if (files.vega.empty()) {
    screen +=
        context.terminal.attention("The charts are missing: ") +
        "libjs-vega is not installed. The tables are there.\n\n" +
        command_lines(context, {{"sudo apt-get install libjs-vega", "then again ./kit report"}});
  }
  context.terminal.print(screen);
  if (options.open && !open_in_browser(file))
    throw KitError("No browser could be opened (xdg-open).", "Open it yourself: " + shown);
  return kPassed;
}

}  // namespace kit
