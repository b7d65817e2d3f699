// `kit roofs`: the machine's own limits, measured once and kept; --again measures anew. The memory mountain and
// the roofline are written as pictures.
#include "roofs.hpp"

#include <fmt/format.h>

#include <ctime>

#include <nlohmann/json.hpp>

#include "build.hpp"
#include "commands.hpp"
#include "roofline.hpp"
#include "sandbox.hpp"

namespace kit {

namespace {

using nlohmann::json;

std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  ::localtime_r(&now, &local);
  return fmt::format("{:04}-{:02}-{:02}", local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

json measure_roofs(const Context& context) {
  Build(context.workspace, context.terminal).make_own("kit_roofs");
  context.terminal.progress("measuring the machine: some 10 s");
  const ToolRun run =
      run_tool({{(context.workspace.build / "bench" / "kit_roofs").string()}, {}, {}});
  context.terminal.progress("");
  json measured = json::parse(run.output, nullptr, false);
  if (run.status != 0 || !measured.is_object())
    throw KitError(
        fmt::format("The measurement of the roofs ended with {}:\n{}", run.status, run.output));
  measured["taken"] = today();
  return measured;
}

std::string written(const Context& context, const char* name, const std::string& svg) {
  const auto file = context.workspace.state / "pictures" / name;
  std::filesystem::create_directories(file.parent_path());
  write_file(file, svg);
  return file.lexically_relative(context.workspace.root).string();
}

}  // namespace

int roofs(const Context& context, bool again) {
  std::optional<Roofs> kept = again ? std::nullopt : kept_roofs(context.workspace);
  if (!kept) {
    const json measured = measure_roofs(context);
    kept = read_roofs(measured);
    keep_roofs(context.workspace, measured);
  }
  context.terminal.print(
      roofs_screen(*kept, context.terminal) +
      fmt::format("\n  the memory mountain   {}\n  the roofline          {}\n",
                  written(context, "mountain.svg", mountain_svg(*kept)),
                  written(context, "roofline.svg", roofline_svg(*kept, json()))));
  return kPassed;
}

}  // namespace kit
