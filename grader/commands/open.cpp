// `kit open ID`: your file in your editor, VISUAL or EDITOR, else the first of code, vim and nano
// that is installed.
#include <fmt/format.h>

#include "commands/desk.hpp"
#include "editor.hpp"

namespace kit {

namespace fs = std::filesystem;

int open(const Context& context, const std::string& word) {
  History history = open_history(context);
  const Ladder ladder(context.workspace, context.catalogue, history);
  const Exercise& exercise = chosen_exercise(context, ladder, word);
  begin_exercise(context, history, exercise);
  const fs::path file = context.workspace.root / desk_file(exercise);
  if (!context.terminal.interactive()) {
    context.terminal.print(file.string() + "\n");
    return kPassed;
  }
  open_in_editor(file);
  context.terminal.print(command_lines(
      context, {{"./kit grade " + command_word(context, exercise), "what it is worth"}}));
  return kPassed;
}

}  // namespace kit
