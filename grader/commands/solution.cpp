// `kit solution ID`: the write-up, what the reference does otherwise than yours, and the follow-up
// questions with what a strong answer contains. Asks first while the exercise isn't passed.
#include <fmt/format.h>

#include "commands/desk.hpp"
#include "difference.hpp"
#include "interview.hpp"
#include "interview_log.hpp"
#include "submission.hpp"

namespace kit {

namespace fs = std::filesystem;

namespace {

std::string differences(const Context& context, const Exercise& exercise) {
  const fs::path& root = context.workspace.root;
  std::string text;
  for (const std::string& name : exercise.files) {
    const bool started = fs::exists(root / "work" / exercise.id / name);
    const std::string mine =
        fmt::format("{}/{}/{}", started ? "work" : "exercises", exercise.id, name);
    const std::string reference = fmt::format("solutions/{}/{}", exercise.id, name);
    const std::string diff = unified_diff(context.terminal, mine, read_text(root / mine), reference,
                                          read_text(root / reference));
    text += diff.empty() ? fmt::format("{} is the same as the reference.\n", mine) : diff;
  }
  return text;
}

std::string follow_ups(const Context& context, const Exercise& exercise) {
  const int width = context.terminal.width();
  std::string text;
  for (const FollowUp& item :
       read_follow_ups(context.workspace.root / "exercises" / exercise.id / "interview.md")) {
    text += wrap(fmt::format("  {}. {}", item.number, item.question), width, 5) + "\n";
    for (const std::string& point : item.points) text += wrap("     - " + point, width, 7) + "\n";
    if (!item.weak.empty()) text += wrap("     - Weak: " + item.weak, width, 7) + "\n";
    text += "\n";
  }
  return text.empty() ? "" : context.terminal.strong("An interviewer would go on:") + "\n\n" + text;
}

}  // namespace

int solution(const Context& context, const std::string& word, bool yes) {
  const Terminal& terminal = context.terminal;
  History history = open_history(context);
  const Ladder ladder(context.workspace, context.catalogue, history);
  if (word.empty()) throw KitError("Which exercise?", "./kit solution NAME");
  const Exercise& exercise = context.catalogue.find(word);
  refuse_during_interview(context.workspace, exercise.id);
  const std::string short_word = command_word(context, exercise);
  if (!ladder.standing(exercise).passed && !yes) {
    if (!terminal.interactive()) {
      throw KitError(
          fmt::format("{} is not passed yet.", exercise.id),
          fmt::format("To see its solution all the same:   ./kit solution {} --yes", short_word));
    }
    if (!ask(terminal, exercise.id + " is not passed yet. See its solution all the same?", false)) {
      terminal.print(command_lines(context, {{"./kit hint " + short_word, "a hint instead"}}));
      return kPassed;
    }
  }
  const std::string write_up =
      read_text(context.workspace.root / "solutions" / exercise.id / "README.md");
  keep_desk(context, history, exercise);
  history.add_event(exercise.id, "solution");
  std::string screen = render_markdown(write_up, terminal) + "\n";
  screen += terminal.strong("From yours to the reference:") + "\n\n" +
            differences(context, exercise) + "\n";
  screen += follow_ups(context, exercise);
  screen += command_lines(context, {{"./kit next", "the next exercise"}});
  terminal.print(screen);
  return kPassed;
}

}  // namespace kit
