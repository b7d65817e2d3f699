#include "difference.hpp"

#include <sstream>

#include "errors.hpp"
#include "sandbox.hpp"
#include "submission.hpp"

namespace kit {

std::string unified_diff(const Terminal& terminal, const std::string& old_label,
                         const std::string& old_text, const std::string& new_label,
                         const std::string& new_text) {
  const RunDirectory directory;
  write_file(directory.path() / "old", old_text);
  write_file(directory.path() / "new", new_text);
  Command diff;
  diff.argv = {"diff",
               "-u",
               "--label",
               old_label,
               "--label",
               new_label,
               (directory.path() / "old").string(),
               (directory.path() / "new").string()};
  const ToolRun run = run_tool(diff);
  if (run.status > 1)
    throw KitError("diff could not compare the files.", "It is in the package diffutils.");
  std::string text;
  std::istringstream lines(run.output);
  for (std::string line; std::getline(lines, line);) {
    const bool heading = line.starts_with("--- ") || line.starts_with("+++ ");
    text += heading                  ? terminal.strong(line)
            : line.starts_with("+")  ? terminal.good(line)
            : line.starts_with("-")  ? terminal.bad(line)
            : line.starts_with("@@") ? terminal.quiet(line)
                                     : line;
    text += '\n';
  }
  return text;
}

}  // namespace kit
