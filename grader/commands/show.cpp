// `kit show ID`: the problem, as its README states it.
#include <fmt/format.h>

#include "commands/desk.hpp"

namespace kit {

int show(const Context& context, const std::string& word) {
  const History history = open_history(context);
  const Ladder ladder(context.workspace, context.catalogue, history);
  const Exercise& exercise = chosen_exercise(context, ladder, word);
  const std::string problem =
      read_text(context.workspace.root / "exercises" / exercise.id / "README.md");
  const std::string short_word = command_word(context, exercise);
  std::string screen = context.terminal.quiet(
      fmt::format("{}   level {}, about {} min", exercise.id, exercise.level, exercise.minutes));
  screen += "\n\n" + render_markdown(problem, context.terminal) + "\n";
  if (!exercise.contract.empty()) {
    screen += fmt::format("  contract   exercises/{}/{}\n", exercise.id, exercise.contract);
  }
  screen += fmt::format("  you edit   {}\n\n", desk_files(exercise));
  screen += command_lines(context, {{"./kit open " + short_word, "your file in your editor"},
                                    {"./kit watch " + short_word, "graded at every save"},
                                    {"./kit hint " + short_word, "a first hint"}});
  context.terminal.print(screen);
  return kPassed;
}

}  // namespace kit
