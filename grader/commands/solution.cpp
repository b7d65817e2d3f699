// `kit solution ID`: the write-up, what the reference does otherwise than yours, and the follow-up
// questions with what a strong answer contains. Asks first while the exercise isn't passed.
#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "commands/desk.hpp"
#include "descriptor.hpp"
#include "interview.hpp"
#include "submission.hpp"

extern char** environ;

namespace kit {

namespace fs = std::filesystem;

namespace {

// What diff(1) prints; empty if the two are the same. THROWS: KitError if it can't be run.
std::string unified_diff(const std::string& old_label, const fs::path& old_file,
                         const std::string& new_label, const fs::path& new_file) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) throw KitError("No pipe could be made to compare the files.");
  const Descriptor reading(ends[0]);
  Descriptor writing(ends[1]);
  std::vector<std::string> words{"diff",    "-u",      "--label",         old_label,
                                 "--label", new_label, old_file.string(), new_file.string()};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, writing.get(), STDOUT_FILENO);
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, "diff", &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  writing.reset();
  if (error != 0) throw KitError("diff can't be started.", "It is in the package diffutils.");
  std::string text;
  std::array<char, 65'536> buffer;
  for (;;) {
    const ssize_t n = ::read(reading.get(), buffer.data(), buffer.size());
    if (n < 0 && errno == EINTR) continue;
    if (n <= 0) break;
    text.append(buffer.data(), static_cast<std::size_t>(n));
  }
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
    throw KitError("diff could not compare the files.");
  return text;
}

std::string coloured(const Terminal& terminal, const std::string& diff) {
  std::string text;
  for (std::size_t begin = 0; begin < diff.size();) {
    const std::size_t end = std::min(diff.find('\n', begin), diff.size());
    const std::string line = diff.substr(begin, end - begin);
    const bool heading = line.rfind("--- ", 0) == 0 || line.rfind("+++ ", 0) == 0;
    if (heading) {
      text += terminal.strong(line);
    } else if (line.rfind('+', 0) == 0) {
      text += terminal.good(line);
    } else if (line.rfind('-', 0) == 0) {
      text += terminal.bad(line);
    } else {
      text += line.rfind("@@", 0) == 0 ? terminal.quiet(line) : line;
    }
    text += '\n';
    begin = end + 1;
  }
  return text;
}

std::string differences(const Context& context, const Exercise& exercise) {
  const fs::path& root = context.workspace.root;
  std::string text;
  for (const std::string& name : exercise.files) {
    const bool started = fs::exists(root / "work" / exercise.id / name);
    const std::string mine =
        fmt::format("{}/{}/{}", started ? "work" : "exercises", exercise.id, name);
    const std::string reference = fmt::format("solutions/{}/{}", exercise.id, name);
    const std::string diff = unified_diff(mine, root / mine, reference, root / reference);
    text += diff.empty() ? fmt::format("{} is the same as the reference.\n", mine)
                         : coloured(context.terminal, diff);
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
