// `kit` alone: where you stand, and what is next. Greets until something was started.
#include <fmt/format.h>

#include "commands/desk.hpp"
#include "proposal.hpp"

namespace kit {

namespace {

constexpr int kBarCells = 28;

constexpr const char* kGreeting =
    "Systems exercises, graded by counting what the machine did: messages,\n"
    "system calls, cache misses, steps. Never by a stopwatch.\n"
    "You edit one file in work/, save, and read what an interviewer would say.\n"
    "\n";

std::string bars(const Context& context, const Ladder& ladder) {
  std::string text;
  for (const std::string& area : context.catalogue.areas()) {
    const int total = ladder.total(area);
    if (total == 0) continue;
    const int passed = ladder.passed(area);
    text += fmt::format("  {} {:2} of {:2}   {}\n", pad(area, 11), passed, total,
                        context.terminal.bar(static_cast<double>(passed) / total, kBarCells));
  }
  return text;
}

}  // namespace

int home(const Context& context) {
  const Terminal& terminal = context.terminal;
  const History history = open_history(context);
  const Ladder ladder(context.workspace, context.catalogue, history);
  std::string screen = ladder.untouched() ? kGreeting : "";
  screen += bars(context, ladder) + "\n";
  const auto proposal = propose(ladder);
  if (proposal) {
    const Exercise& exercise = *proposal->exercise;
    screen += fmt::format("Next: {} (level {}, {} min)\n", terminal.strong(exercise.id),
                          exercise.level, exercise.minutes);
    screen += "  " + wrap(proposal->why, terminal.width() - 2, 2) + "\n\n";
  } else if (!context.catalogue.exercises().empty()) {
    screen += terminal.good("All exercises are passed.") + "\n\n";
  }
  if (!context.catalogue.errors().empty()) {
    screen += terminal.bad(counted(static_cast<int>(context.catalogue.errors().size()), "exercise",
                                   "exercises")) +
              " can't be read; ./kit list says why.\n\n";
  }
  screen += command_lines(context, {{"./kit watch", "solve it; graded at every save"},
                                    {"./kit list", "all exercises"},
                                    {"./kit help", "everything else"}});
  terminal.print(screen);
  return kPassed;
}

}  // namespace kit
