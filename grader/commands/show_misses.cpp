// `kit show ID --misses`: which parts of which array came into the cache how often in your last try,
// and in the reference, in the terminal and as a picture. `--solution` shows the reference alone,
// `--output FILE` says where the picture goes.
#include <fmt/format.h>

#include <fstream>

#include "build.hpp"
#include "commands/desk.hpp"
#include "miss_map.hpp"
#include "pictures.hpp"
#include "reference.hpp"

namespace kit {

namespace {

// The newest try that has a map; one that didn't come as far as a Cost test has none.
std::optional<Picture> newest_miss_map(const Context& context, const Exercise& exercise) {
  const History history = open_history(context);
  for (const Attempt& attempt : history.attempts(exercise.id, 20)) {
    if (attempt.source != "yours") continue;
    auto picture = picture_of(context.workspace, attempt.id);
    if (picture && picture->name.starts_with("misses")) return picture;
  }
  return std::nullopt;
}

}  // namespace

int show_misses(const Context& context, const std::string& word, bool solution_alone,
                const std::string& output) {
  const Exercise& exercise = context.catalogue.find(word);
  const std::string short_word = command_word(context, exercise);
  std::vector<MissMap> maps;
  std::string name;
  if (!solution_alone) {
    const auto yours = newest_miss_map(context, exercise);
    if (!yours) {
      throw KitError(
          fmt::format("There is no map of yours for {} yet: it is drawn when a Cost test has run.",
                      exercise.id),
          fmt::format("Grade it:   ./kit grade {0}\nThe reference's:   ./kit show {0} --misses "
                      "--solution",
                      short_word));
    }
    name = yours->name;
    maps.push_back(read_miss_map(yours->json, "yours"));
  }
  const Build build(context.workspace, context.terminal);
  const Submission solution = solution_submission(context.workspace, exercise);
  if (!build.make(solution, {solution.target()}).ok) {
    throw KitError(fmt::format("The reference of {} doesn't compile.", exercise.id),
                   "What is missing here:   ./kit doctor");
  }
  read_reference(context.workspace, build, exercise);  // which keeps its pictures
  if (const auto theirs = reference_picture(context.workspace, exercise, name)) {
    maps.push_back(read_miss_map(theirs->json, "the reference"));
  }
  if (maps.empty()) {
    throw KitError(fmt::format("The suite of {} draws no map of misses.", exercise.id),
                   "Exercises that count misses:   ./kit list cache");
  }
  const std::filesystem::path file =
      output.empty()
          ? context.workspace.state / "pictures" /
                (exercise.target() + (solution_alone ? ".misses.solution.svg" : ".misses.svg"))
          : std::filesystem::path(output);
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary);
  out << to_svg(maps);
  if (!out.flush()) throw KitError(fmt::format("{} can't be written.", file.string()), "");

  std::string screen = fmt::format("{}   {}\n\n", exercise.id, wrap(maps.front().title, 78, 2));
  for (const MissMap& map : maps) screen += to_text(map, context.terminal) + "\n";
  screen += context.terminal.quiet(
      "  each line came in: . once   : up to 2   + up to 4   x up to 8 times   # more");
  screen += fmt::format(
      "\n\n  the picture   {}\n",
      output.empty() ? file.lexically_relative(context.workspace.root).string() : output);
  context.terminal.print(screen);
  return kPassed;
}

}  // namespace kit
