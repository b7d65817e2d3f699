// `kit list`: all exercises by area, with level, time, status and best score; filters narrow it.
#include <fmt/format.h>

#include <algorithm>

#include "commands/desk.hpp"

namespace kit {

namespace {

const std::vector<std::string> kStatusWords{"new", "started", "passed", "due"};

std::string status_word(const Standing& standing) {
  if (standing.passed) return "passed";
  return standing.started ? "started" : "new";
}

bool is_due(const Practice& practice, Day today) {
  return practice.passed && !practice.repetitions.empty() && today >= practice.due();
}

// What is passed fades: from the day on which it is due the list says so.
std::string status_text(const Terminal& terminal, const Standing& standing,
                        const Practice& practice, Day today) {
  if (practice.repeating()) return terminal.attention("repeating");
  if (standing.passed && !is_due(practice, today)) return terminal.good("passed");
  if (standing.passed) {
    const int late = static_cast<int>(today - practice.due());
    return terminal.attention(late == 0 ? "due today" : "due " + counted(late, "day", "days"));
  }
  if (standing.tries > 0) return terminal.attention(counted(standing.tries, "try", "tries"));
  return standing.started ? terminal.attention("started") : terminal.quiet("not started");
}

bool fits(const ListOptions& options, const Exercise& exercise, const Standing& standing,
          const Practice& practice, Day today) {
  if (!options.area.empty() && exercise.area != options.area) return false;
  if (options.level != 0 && exercise.level != options.level) return false;
  if (options.status == "due") return is_due(practice, today);
  return options.status.empty() || status_word(standing) == options.status;
}

void check(const std::string& what, const std::string& word,
           const std::vector<std::string>& known) {
  if (word.empty() || std::find(known.begin(), known.end(), word) != known.end()) return;
  const auto close = nearest(word, known, 1);
  throw KitError(fmt::format("There is no {} \"{}\".{}", what, word,
                             close.empty() ? "" : fmt::format(" Closest: {}.", close[0])),
                 fmt::format("One of: {}.", fmt::join(known, ", ")));
}

std::string row(const Terminal& terminal, const Exercise& exercise, const Standing& standing,
                const Practice& practice, Day today, int name_width) {
  const std::string best = standing.tries > 0 ? std::to_string(standing.best_score) : "";
  const std::string head = fmt::format(
      "  {}  {:5}  {:3} min  {}  {:>4}  ", pad(exercise.name, name_width), exercise.level,
      exercise.minutes, pad(status_text(terminal, standing, practice, today), 11), best);
  const int indent = columns(head);
  const std::string title = wrap(exercise.title, std::max(16, terminal.width() - indent), 0);
  std::string text = head;
  for (const char c : title) {
    text += c;
    if (c == '\n') text.append(static_cast<std::size_t>(indent), ' ');
  }
  return text + "\n";
}

}  // namespace

int list(const Context& context, const ListOptions& options) {
  check("area", options.area, context.catalogue.areas());
  check("status", options.status, kStatusWords);
  if (options.level < 0 || options.level > 5) throw KitError("A level is a number from 1 to 5.");
  const Terminal& terminal = context.terminal;
  const History history = open_history(context);
  const Ladder ladder(context.workspace, context.catalogue, history);

  int name_width = 0;
  for (const Exercise& exercise : context.catalogue.exercises()) {
    name_width = std::max(name_width, columns(exercise.name));
  }
  const Day today = day_of(now());
  int due = 0;
  for (const Exercise& exercise : context.catalogue.exercises()) {
    if (is_due(ladder.practice(exercise), today)) ++due;
  }
  std::string screen;
  for (const std::string& area : context.catalogue.areas()) {
    std::string rows;
    for (const Exercise& exercise : context.catalogue.exercises()) {
      const Standing& standing = ladder.standing(exercise);
      const Practice& practice = ladder.practice(exercise);
      if (exercise.area == area && fits(options, exercise, standing, practice, today))
        rows += row(terminal, exercise, standing, practice, today, name_width);
    }
    if (rows.empty()) continue;
    screen += terminal.strong(pad(area, name_width + 2)) +
              terminal.quiet("  level     time  status       best  ");
    screen +=
        terminal.quiet(fmt::format("{} of {} passed", ladder.passed(area), ladder.total(area))) +
        "\n" + rows + "\n";
  }
  if (screen.empty()) screen = "No exercise fits.\n\n";
  for (const KitError& error : context.catalogue.errors()) {
    screen += terminal.bad("can't be read: ") + wrap(error.what(), terminal.width() - 15, 2) + "\n";
    if (!error.mend().empty()) screen += "  " + wrap(error.mend(), terminal.width() - 2, 2) + "\n";
    screen += "\n";
  }
  if (due > 0) screen += counted(due, "exercise is", "exercises are") + " due to be repeated.\n\n";
  screen += command_lines(
      context, {{"./kit next", "the one to do now"}, {"./kit show NAME", "its problem"}});
  terminal.print(screen);
  return context.catalogue.errors().empty() ? kPassed : kCouldNot;
}

}  // namespace kit
