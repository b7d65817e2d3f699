// `kit next`: the exercise to do now and why, its file on your desk.
#include <fmt/format.h>

#include "commands/desk.hpp"

namespace kit {

int next(const Context& context) {
  const Terminal& terminal = context.terminal;
  History history = open_history(context);
  const Ladder ladder(context.workspace, context.catalogue, history);
  const auto proposal = ladder.proposal();
  if (!proposal) {
    if (context.catalogue.exercises().empty()) {
      throw KitError("No exercise can be read.", "What is wrong with them:   ./kit list");
    }
    terminal.print(fmt::format("{}\n\n{}", terminal.good("All exercises are passed."),
                               command_lines(context, {{"./kit list", "do one of them again"}})));
    return kPassed;
  }
  const Exercise& exercise = *proposal->exercise;
  begin_exercise(context, history, exercise);
  const std::string word = command_word(context, exercise);
  std::string screen = fmt::format("Next: {} (level {}, {} min)\n", terminal.strong(exercise.id),
                                   exercise.level, exercise.minutes);
  screen += "  " + wrap(proposal->why, terminal.width() - 2, 2) + "\n\n";
  screen += "  " + wrap(exercise.summary, terminal.width() - 2, 2) + "\n";
  screen += "  Your file: " + desk_file(exercise) + "\n\n";
  screen += command_lines(context, {{"./kit show " + word, "the problem"},
                                    {"./kit open " + word, "your file in your editor"},
                                    {"./kit watch " + word, "graded at every save"}});
  terminal.print(screen);
  return kPassed;
}

}  // namespace kit
