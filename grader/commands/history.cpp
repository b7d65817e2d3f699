// `kit history ID`: each attempt, the newest last; `--restore N` puts the files of one back on your
// desk.
#include "history.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>

#include "commands/desk.hpp"
#include "submission.hpp"

namespace kit {

namespace {

std::string local_time(std::int64_t at) {
  const std::time_t time = static_cast<std::time_t>(at);
  std::tm local{};
  localtime_r(&time, &local);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d %H:%M", &local);
  return text;
}

bool is_try(const Attempt& attempt) {
  return attempt.source == "yours" && attempt.verdict != "kept" &&
         attempt.verdict != "could not be graded";
}

std::string verdict_text(const Terminal& terminal, const Attempt& attempt) {
  if (attempt.verdict == "passed") return terminal.good(attempt.verdict);
  if (attempt.verdict == "kept") return terminal.quiet(attempt.verdict);
  return terminal.bad(attempt.verdict);
}

std::string table(const Terminal& terminal, const std::vector<Attempt>& oldest_first) {
  std::string text =
      terminal.quiet("  attempt  when              verdict              score  try  of what") +
      "\n";
  int tries = 0;
  for (const Attempt& attempt : oldest_first) {
    const std::string number = is_try(attempt) ? std::to_string(++tries) : "";
    const std::string score = attempt.verdict == "kept" ? "" : std::to_string(attempt.score);
    const std::string line =
        fmt::format("  {:7}  {}  {}  {:>5}  {:>3}  ", attempt.id, local_time(attempt.at),
                    pad(verdict_text(terminal, attempt), 19), score, number);
    std::string source = attempt.source;
    const std::size_t room =
        static_cast<std::size_t>(std::max(8, terminal.width() - columns(line)));
    if (source.size() > room) source = ".." + source.substr(source.size() - room + 2);
    text += line + source + "\n";
  }
  return text;
}

int restore_attempt(const Context& context, History& history, const Exercise& exercise,
                    std::int64_t number) {
  const std::string short_word = command_word(context, exercise);
  const auto attempt = history.attempt(number);
  if (!attempt || attempt->exercise != exercise.id) {
    throw KitError(attempt ? fmt::format("Attempt {} is one of {}, not of {}.", number,
                                         attempt->exercise, exercise.id)
                           : fmt::format("There is no attempt {} of {}.", number, exercise.id),
                   fmt::format("The numbers are in:   ./kit history {}", short_word));
  }
  // Only what the exercise lets one edit: the database is a file that anyone may have written.
  std::map<std::string, std::string> files;
  for (const auto& [name, content] : history.files(number)) {
    if (std::find(exercise.files.begin(), exercise.files.end(), name) != exercise.files.end())
      files[name] = content;
  }
  if (files.empty())
    throw KitError(fmt::format("Attempt {} holds no file that {} has today.", number, exercise.id));

  const auto kept = keep_desk(context, history, exercise);
  begin_exercise(context, history, exercise);
  for (const auto& [name, content] : files) {
    write_file(context.workspace.root / "work" / exercise.id / name, content);
  }
  history.add_event(exercise.id, "restore", std::to_string(number));
  std::string screen = fmt::format("{}   attempt {} is back in work/{}\n",
                                   context.terminal.strong(exercise.id), number, exercise.id);
  std::vector<std::pair<std::string, std::string>> commands{
      {"./kit grade " + short_word, "what it is worth"}};
  if (kept && *kept != number) {
    screen += fmt::format("  What was there is kept as attempt {}.\n", *kept);
    commands.push_back(
        {fmt::format("./kit history {} --restore {}", short_word, *kept), "take it back"});
  }
  context.terminal.print(screen + "\n" + command_lines(context, commands));
  return kPassed;
}

}  // namespace

int history(const Context& context, const std::string& word, std::optional<std::int64_t> restore) {
  History kept = open_history(context);
  const Ladder ladder(context.workspace, context.catalogue, kept);
  if (restore && word.empty())
    throw KitError("Which exercise?", "./kit history NAME --restore NUMBER");
  const Exercise& exercise = chosen_exercise(context, ladder, word);
  if (restore) return restore_attempt(context, kept, exercise, *restore);

  const Standing& standing = ladder.standing(exercise);
  const std::string short_word = command_word(context, exercise);
  auto attempts = kept.attempts(exercise.id);
  std::reverse(attempts.begin(), attempts.end());
  std::string screen = context.terminal.strong(exercise.id);
  if (attempts.empty()) {
    screen += "   nothing graded yet\n\n" +
              command_lines(context, {{"./kit grade " + short_word, "a first try"}});
  } else {
    screen += standing.tries == 0
                  ? "   no try of yours yet"
                  : fmt::format("   {}, best {} of 100", counted(standing.tries, "try", "tries"),
                                standing.best_score);
    if (standing.passed) screen += ", passed " + local_time(standing.passed_at).substr(0, 10);
    screen += "\n\n" + table(context.terminal, attempts) + "\n";
    screen += command_lines(context, {{fmt::format("./kit history {} --restore NUMBER", short_word),
                                       "its files; yours are kept first"}});
  }
  context.terminal.print(screen);
  return kPassed;
}

}  // namespace kit
