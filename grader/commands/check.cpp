// `kit check FILE`: the checks of a design document, outside of a round too.
#include <filesystem>

#include "commands/desk.hpp"
#include "commands/interview_options.hpp"
#include "design_round.hpp"

namespace kit {

int check(const Context& context, const std::string& file) {
  if (std::filesystem::is_directory(file))
    throw KitError(file + " is a directory.",
                   "Name the document:   ./kit check " + file + "/DESIGN.md");
  const DesignReport report = check_design(read_text(file));
  context.terminal.print(design_report_text(context.terminal, report));
  return report.complete() ? kPassed : kNotPassed;
}

}  // namespace kit
