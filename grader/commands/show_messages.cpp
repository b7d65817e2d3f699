// `kit show ID --messages`: the messages of your last try beside the reference's, as a picture and in
// the terminal. `--solution` shows the reference alone, `--output FILE` says where the picture goes.
#include <fmt/format.h>

#include <fstream>

#include "build.hpp"
#include "commands/desk.hpp"
#include "diagram.hpp"
#include "pictures.hpp"
#include "reference.hpp"

namespace kit {

namespace {

// The newest try that has a picture; one that didn't come as far as a Cost test has none.
std::optional<Picture> newest_picture(const Context& context, const Exercise& exercise) {
  const History history = open_history(context);
  for (const Attempt& attempt : history.attempts(exercise.id, 20)) {
    if (attempt.source != "yours") continue;
    if (auto picture = picture_of(context.workspace, attempt.id)) return picture;
  }
  return std::nullopt;
}

}  // namespace

int show_messages(const Context& context, const std::string& word, bool solution_alone,
                  const std::string& output) {
  const Exercise& exercise = context.catalogue.find(word);
  const std::string short_word = command_word(context, exercise);
  if (exercise.kind != Kind::mpi) {
    throw KitError(fmt::format("{} sends no messages.", exercise.id),
                   "The exercises that do:   ./kit list mpi");
  }
  std::vector<Diagram> diagrams;
  std::string name;
  if (!solution_alone) {
    const auto yours = newest_picture(context, exercise);
    if (!yours) {
      throw KitError("There is no picture of yours yet: it is drawn when a Cost test has run.",
                     fmt::format("Grade it:   ./kit grade {0}\nThe reference's:   ./kit show {0} "
                                 "--messages --solution",
                                 short_word));
    }
    name = yours->name;
    diagrams.push_back(read_diagram(yours->json, "yours"));
  }
  const Build build(context.workspace, context.terminal);
  const Submission solution = solution_submission(context.workspace, exercise);
  if (!build.make(solution, {solution.target()}).ok) {
    throw KitError(fmt::format("The reference of {} doesn't compile.", exercise.id),
                   "What is missing here:   ./kit doctor");
  }
  read_reference(context.workspace, build, exercise);  // which keeps its pictures
  if (const auto theirs = reference_picture(context.workspace, exercise, name)) {
    diagrams.push_back(read_diagram(theirs->json, "the reference"));
  }
  if (diagrams.empty()) {
    throw KitError(fmt::format("The suite of {} draws no picture.", exercise.id), "");
  }
  const std::filesystem::path file =
      output.empty() ? context.workspace.state / "pictures" /
                           (exercise.target() + (solution_alone ? ".solution.svg" : ".svg"))
                     : std::filesystem::path(output);
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary);
  out << to_svg(diagrams);
  if (!out.flush()) throw KitError(fmt::format("{} can't be written.", file.string()), "");

  std::string screen = fmt::format("{}   {}\n\n", exercise.id, diagrams.front().title);
  for (const Diagram& d : diagrams) screen += to_text(d, context.terminal) + "\n";
  screen += context.terminal.quiet(
      "  >4 sends to rank 4, <0 receives from rank 0, . waits, * is on the longest\n  chain; a "
      "round "
      "is one message time");
  screen += fmt::format(
      "\n\n  the picture   {}\n",
      output.empty() ? file.lexically_relative(context.workspace.root).string() : output);
  context.terminal.print(screen);
  return kPassed;
}

}  // namespace kit
