// `kit reset ID`: the stub again. What was there is kept in the history first.
#include <fmt/format.h>

#include "commands/desk.hpp"

namespace kit {

int reset(const Context& context, const std::string& word) {
  if (word.empty())
    throw KitError("Which exercise? Its file is put back to the stub.", "./kit reset NAME");
  const Exercise& exercise = context.catalogue.find(word);
  History history = open_history(context);
  const std::string short_word = command_word(context, exercise);
  const auto kept = put_stub_back(context, history, exercise);
  if (!kept) {
    const bool started = !files_on_desk(context, exercise).empty();
    context.terminal.print(fmt::format(
        "{}   {}\n\n{}", context.terminal.strong(exercise.id),
        started ? "is the stub already: nothing to put back"
                : "is not started: nothing to put back",
        command_lines(context,
                      {{(started ? "./kit watch " : "./kit start ") + short_word, "begin it"}})));
    return kPassed;
  }
  context.terminal.print(fmt::format(
      "{}   the stub is back in work/{}\n  What was there is kept as attempt {}.\n\n{}",
      context.terminal.strong(exercise.id), exercise.id, *kept,
      command_lines(context, {{fmt::format("./kit history {} --restore {}", short_word, *kept),
                               "take it back"},
                              {"./kit watch " + short_word, "begin again"}})));
  return kPassed;
}

}  // namespace kit
