// `kit hint ID`: one hint more each time; all of them once the exercise is passed.
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "commands/desk.hpp"
#include "interview_log.hpp"

namespace kit {

namespace {

// The texts below "## Hint 1", "## Hint 2", ...
std::vector<std::string> read_hints(const std::string& markdown) {
  std::vector<std::string> hints;
  std::istringstream in(markdown);
  std::string line;
  bool code = false;
  while (std::getline(in, line)) {
    if (line.rfind("```", 0) == 0) code = !code;
    if (!code && line.rfind("## Hint", 0) == 0) {
      hints.emplace_back();
    } else if (!hints.empty()) {
      hints.back() += line + "\n";
    }
  }
  return hints;
}

}  // namespace

int hint(const Context& context, const std::string& word) {
  const Terminal& terminal = context.terminal;
  History history = open_history(context);
  const Ladder ladder(context.workspace, context.catalogue, history);
  const Exercise& exercise = chosen_exercise(context, ladder, word);
  refuse_during_interview(context.workspace, exercise.id);
  // Begun again from the stub, the hints begin again too: the schedule counts them.
  const Practice& practice = ladder.practice(exercise);
  const bool passed = ladder.standing(exercise).passed && !practice.repeating();
  const int before =
      practice.repeating() ? practice.hints_since_stub : ladder.standing(exercise).hints;
  const auto hints =
      read_hints(read_text(context.workspace.root / "exercises" / exercise.id / "hints.md"));
  if (hints.empty()) {
    throw KitError(fmt::format("exercises/{}/hints.md has no section \"## Hint 1\".", exercise.id));
  }
  const int all = static_cast<int>(hints.size());
  const int shown = passed ? all : std::min(all, before + 1);
  if (!passed && before < all) {
    history.add_event(exercise.id, "hint", std::to_string(shown));
  }
  std::string screen = terminal.strong(exercise.id) + "\n";
  for (int i = 0; i < shown; ++i) {
    screen += "\n" + terminal.strong(fmt::format("Hint {} of {}", i + 1, all)) + "\n";
    screen += render_markdown(hints[static_cast<std::size_t>(i)], terminal);
  }
  const std::string short_word = command_word(context, exercise);
  screen += "\n";
  if (shown < all) {
    screen += counted(all - shown, "hint is", "hints are") + " left:\n" +
              command_lines(context, {{"./kit hint " + short_word, "one more"}});
  } else {
    screen += (passed ? "You have passed it: these are all the hints.\n"
                      : std::string("These are all.\n")) +
              command_lines(context,
                            {{"./kit watch " + short_word, "graded at every save"},
                             {"./kit solution " + short_word, "the write-up and the reference"}});
  }
  terminal.print(screen);
  return kPassed;
}

}  // namespace kit
