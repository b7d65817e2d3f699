// `kit start ID`: the stub, copied to your desk in work/ID. With --again also where something is: that
// is kept in the history first.
#include <fmt/format.h>

#include "commands/desk.hpp"

namespace kit {

int start(const Context& context, const std::string& word, bool again) {
  History history = open_history(context);
  const Ladder ladder(context.workspace, context.catalogue, history);
  const Exercise& exercise = chosen_exercise(context, ladder, word);
  if (again) begin_again(context, history, exercise);
  const bool copied = !again && begin_exercise(context, history, exercise);
  const std::string short_word = command_word(context, exercise);
  std::string screen = context.terminal.strong(exercise.id) +
                       (again    ? "   again from the stub"
                        : copied ? "   started"
                                 : "   was started before") +
                       "\n\n";
  for (const std::string& file : exercise.files) {
    screen += fmt::format("  work/{}/{}\n", exercise.id, file);
  }
  screen += "\n" + command_lines(context, {{"./kit show " + short_word, "the problem"},
                                           {"./kit open " + short_word, "your file in your editor"},
                                           {"./kit watch " + short_word, "graded at every save"}});
  context.terminal.print(screen);
  return kPassed;
}

}  // namespace kit
