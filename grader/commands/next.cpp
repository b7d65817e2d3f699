// `kit next`: the exercise to do now and why, new or to be repeated; begins it if you like.
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <iostream>

#include "commands/desk.hpp"
#include "interrupt.hpp"
#include "proposal.hpp"

namespace kit {

namespace {

Day asked_day(const std::string& text, Day today) {
  const auto day = parse_day(text);
  if (!day) {
    throw KitError(
        fmt::format("\"{}\" is no date.", text),
        fmt::format("Year, month, day, or none:   ./kit next --until {}", iso_date(today + 30)));
  }
  if (*day < today) throw KitError(fmt::format("{} is past: today is {}.", text, iso_date(today)));
  return *day;
}

void keep_asked_day(History& history, const std::string& until) {
  if (until == "none") {
    keep_deadline(history, std::nullopt);
  } else if (!until.empty()) {
    keep_deadline(history, asked_day(until, day_of(now())));
  }
}

// The three that would come back least, for the evening before: to be read, not to be coded.
std::vector<Card> weakest(const Ladder& ladder, Day today) {
  std::vector<Card> met;
  for (const Card& card : cards_of(ladder, today)) {
    if (card.memory) met.push_back(card);
  }
  std::stable_sort(met.begin(), met.end(), [&](const Card& a, const Card& b) {
    return a.recall_on(today) < b.recall_on(today);
  });
  if (met.size() > 3) met.resize(3);
  return met;
}

// What is said instead of a proposal on the last two days; empty on any other.
std::string last_two_days(const Context& context, const Ladder& ladder, Day today) {
  if (!ladder.deadline()) return "";
  const Day left = ladder.deadline()->day - today;
  if (left == 0) return "Today is the day. Nothing to do here.\n";
  if (left > 1) return "";
  const auto cards = weakest(ladder, today);
  if (cards.empty()) return "";
  std::string screen =
      "Tomorrow is the day. No more coding: read the follow-up questions of your weakest.\n\n";
  screen = wrap(screen, context.terminal.width());
  std::vector<std::pair<std::string, std::string>> commands;
  commands.reserve(cards.size());
  for (const Card& card : cards)
    commands.push_back(
        {"./kit solution " + command_word(context, *card.exercise), card.exercise->title});
  return screen + command_lines(context, commands);
}

std::string proposal_text(const Context& context, const Ladder& ladder, const Proposal& proposal,
                          bool with_schedule) {
  const Terminal& terminal = context.terminal;
  const Exercise& exercise = *proposal.exercise;
  const int width = terminal.width();
  std::string screen =
      fmt::format("Next: {} (level {}, {} min{})\n", terminal.strong(exercise.id), exercise.level,
                  exercise.minutes, proposal.from_stub ? ", again, from an empty stub" : "");
  screen += "  " + wrap(proposal.why, width - 2, 2) + "\n";
  if (with_schedule) {
    const std::string& known = proposal.schedule;
    screen +=
        "  " +
        wrap(known.empty() ? "The schedule knows nothing of it yet: it was never graded." : known,
             width - 2, 2) +
        "\n";
  }
  if (const auto& deadline = ladder.deadline()) {
    screen += terminal.quiet(fmt::format(
                  "  {} until {}; ./kit next --until none forgets the date",
                  counted(static_cast<int>(deadline->day - day_of(now())), "day", "days"),
                  short_date(deadline->day))) +
              "\n";
  }
  screen += "\n  " + wrap(exercise.summary, width - 2, 2) + "\n";
  screen += (exercise.files.size() > 1 ? "  Your files: " : "  Your file: ") +
            desk_files(exercise) + "\n";
  if (proposal.from_stub)
    screen += fmt::format("  Your old solution is kept: ./kit history {}\n",
                          command_word(context, exercise));
  return screen + "\n";
}

// 'y', 'n', 'o' (another one) or 'w' (why); without a terminal what `unasked` says.
char answer(const Terminal& terminal, char unasked) {
  if (!terminal.interactive()) return unasked;
  for (int tries = 0; tries < 3; ++tries) {
    terminal.print("  Begin? [Y/n/other/why] ");
    std::string text;
    if (!std::getline(std::cin, text)) {
      terminal.print("\n");
      throw_if_interrupted();
      return 'n';
    }
    const char letter =
        text.empty() ? 'y' : static_cast<char>(std::tolower(static_cast<unsigned char>(text[0])));
    if (letter == 'y' || letter == 'n' || letter == 'o' || letter == 'w') return letter;
  }
  return 'n';
}

}  // namespace

int next(const Context& context, const NextOptions& options) {
  const Terminal& terminal = context.terminal;
  History history = open_history(context);
  keep_asked_day(history, options.until);
  bool other = options.other;
  bool why = options.why;
  for (;;) {
    const Ladder ladder(context.workspace, context.catalogue, history);
    if (const std::string text = last_two_days(context, ladder, day_of(now())); !text.empty()) {
      terminal.print(text);
      return kPassed;
    }
    const auto proposal = propose(ladder);
    if (!proposal) {
      if (context.catalogue.exercises().empty())
        throw KitError("No exercise can be read.", "What is wrong with them:   ./kit list");
      terminal.print("Nothing else to propose today.\n\n" +
                     command_lines(context, {{"./kit list", "choose one yourself"}}));
      return kPassed;
    }
    const Exercise& exercise = *proposal->exercise;
    if (other) {
      history.add_event(exercise.id, "skip");
      other = false;
      continue;
    }
    const std::string word = command_word(context, exercise);
    terminal.print(proposal_text(context, ladder, *proposal, why));
    if (options.look) {
      terminal.print(command_lines(context, {{"./kit watch " + word, "graded at every save"}}));
      return kPassed;
    }
    // Without a terminal nothing is put back to the stub unasked: its command is printed instead.
    const bool harmless = !proposal->from_stub;
    const char chosen = options.yes ? 'y' : answer(terminal, harmless ? 'y' : 'n');
    why = chosen == 'w';
    other = chosen == 'o';
    if (why || other) continue;
    if (chosen == 'n') {
      terminal.print(command_lines(
          context, {{harmless ? "./kit start " + word : "./kit start " + word + " --again",
                     harmless ? "begin it" : "the stub again; yours is kept"},
                    {"./kit next --other", "another one for today"}}));
      return kPassed;
    }
    if (proposal->from_stub) {
      begin_again(context, history, exercise);
    } else {
      begin_exercise(context, history, exercise);
    }
    terminal.print(command_lines(context, {{"./kit show " + word, "the problem"},
                                           {"./kit open " + word, "your file in your editor"},
                                           {"./kit watch " + word, "graded at every save"}}));
    return kPassed;
  }
}

}  // namespace kit
