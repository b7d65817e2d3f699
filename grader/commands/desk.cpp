#include "commands/desk.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "proposal.hpp"
#include "submission.hpp"

namespace kit {

namespace fs = std::filesystem;

History open_history(const Context& context) {
  std::string notice;
  History history(context.workspace, &notice);
  if (!notice.empty())
    fmt::print(stderr, "{}\n", context.terminal.attention(wrap(notice, context.terminal.width())));
  return history;
}

const Exercise& chosen_exercise(const Context& context, const Ladder& ladder,
                                const std::string& word) {
  if (!word.empty()) return context.catalogue.find(word);
  const auto proposal = propose(ladder, true);
  if (!proposal)
    throw KitError("Which exercise? None is begun, and none is new.",
                   "What to repeat:   ./kit next");
  return *proposal->exercise;
}

std::string command_word(const Context& context, const Exercise& exercise) {
  for (const std::string& word : {exercise.short_name(), exercise.name}) {
    const auto& all = context.catalogue.exercises();
    const auto means = std::count_if(all.begin(), all.end(), [&](const Exercise& other) {
      return other.name == word || other.short_name() == word;
    });
    if (means == 1) return word;
  }
  return exercise.id;
}

std::string desk_file(const Exercise& exercise) {
  return "work/" + exercise.id + "/" + exercise.files.front();
}

std::string desk_files(const Exercise& exercise) {
  std::string text = desk_file(exercise);
  for (std::size_t i = 1; i < exercise.files.size(); ++i) text += ", " + exercise.files[i];
  return text;
}

bool begin_exercise(const Context& context, History& history, const Exercise& exercise) {
  const bool copied = start_exercise(context.workspace, exercise);
  if (copied) history.add_event(exercise.id, "start");
  return copied;
}

std::map<std::string, std::string> files_on_desk(const Context& context, const Exercise& exercise) {
  std::map<std::string, std::string> found;
  for (const std::string& name : exercise.files) {
    const fs::path file = context.workspace.root / "work" / exercise.id / name;
    if (fs::exists(file)) found[name] = read_text(file);
  }
  return found;
}

namespace {

std::map<std::string, std::string> stub_files(const Context& context, const Exercise& exercise) {
  std::map<std::string, std::string> stub;
  for (const std::string& name : exercise.files) {
    stub[name] = read_text(context.workspace.root / "exercises" / exercise.id / name);
  }
  return stub;
}

}  // namespace

std::optional<std::int64_t> keep_desk(const Context& context, History& history,
                                      const Exercise& exercise) {
  const auto files = files_on_desk(context, exercise);
  if (files.empty() || files == stub_files(context, exercise)) return std::nullopt;
  const auto newest = history.attempts(exercise.id, 1);
  if (!newest.empty() && history.files(newest[0].id) == files) return newest[0].id;
  Attempt kept;
  kept.exercise = exercise.id;
  kept.at = now();
  kept.source = "yours";
  kept.verdict = "kept";
  kept.json = "{}";
  return history.add(kept, files);
}

std::optional<std::int64_t> put_stub_back(const Context& context, History& history,
                                          const Exercise& exercise) {
  const auto kept = keep_desk(context, history, exercise);
  if (!kept) return std::nullopt;
  for (const std::string& name : exercise.files) {
    write_file(context.workspace.root / "work" / exercise.id / name,
               read_text(context.workspace.root / "exercises" / exercise.id / name));
  }
  history.add_event(exercise.id, "reset", std::to_string(*kept));
  return kept;
}

void begin_again(const Context& context, History& history, const Exercise& exercise) {
  if (put_stub_back(context, history, exercise)) return;
  if (!begin_exercise(context, history, exercise)) history.add_event(exercise.id, "start");
}

std::string read_text(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  if (!in || !(text << in.rdbuf())) {
    // An empty file sets the stream's failbit too: nothing was inserted.
    if (in && in.peek() == std::ifstream::traits_type::eof() && fs::is_regular_file(file))
      return "";
    throw KitError(fmt::format("{} can't be read: {}.", file.string(), std::strerror(errno)),
                   "If it belongs to the kit, git checkout brings it back.");
  }
  return text.str();
}

std::string command_lines(const Context& context,
                          const std::vector<std::pair<std::string, std::string>>& commands) {
  int widest = 0;
  for (const auto& [command, what] : commands) widest = std::max(widest, columns(command));
  std::string lines;
  for (const auto& [command, what] : commands) {
    lines += "  " + pad(context.terminal.strong(command), widest) + "   " + what + "\n";
  }
  return lines;
}

}  // namespace kit
