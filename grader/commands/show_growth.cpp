// `kit show ID --growth`: how the counts of your last try grow, beside the reference's, on logarithmic
// axes, in the terminal and as a picture. `--solution` shows the reference alone, `--output FILE` says
// where the picture goes.
#include <fmt/format.h>

#include <fstream>

#include "build.hpp"
#include "commands/desk.hpp"
#include "pictures.hpp"
#include "plot.hpp"
#include "reference.hpp"

namespace kit {

namespace {

// The newest try that has a picture; one that didn't come as far as a bound over sizes has none.
std::optional<Picture> newest_plot(const Context& context, const Exercise& exercise) {
  const History history = open_history(context);
  for (const Attempt& attempt : history.attempts(exercise.id, 20)) {
    if (attempt.source != "yours") continue;
    if (auto picture = picture_of(context.workspace, attempt.id)) return picture;
  }
  return std::nullopt;
}

}  // namespace

int show_growth(const Context& context, const std::string& word, bool solution_alone,
                const std::string& output) {
  const Exercise& exercise = context.catalogue.find(word);
  const std::string short_word = command_word(context, exercise);
  std::vector<GrowthPlot> plots;
  std::string name;
  if (!solution_alone) {
    const auto yours = newest_plot(context, exercise);
    if (!yours) {
      throw KitError(
          fmt::format("There is no plot of yours for {} yet: it is drawn when a bound over sizes\n"
                      "or a claim was measured.",
                      exercise.id),
          fmt::format("Grade it:   ./kit grade {0}\nThe reference's:   ./kit show {0} --growth "
                      "--solution\nExercises with growth:   ./kit list complexity",
                      short_word));
    }
    name = yours->name;
    plots.push_back(read_plot(yours->json, "yours"));
  }
  const Build build(context.workspace, context.terminal);
  const Submission solution = solution_submission(context.workspace, exercise);
  if (!build.make(solution, {solution.target()}).ok) {
    throw KitError(fmt::format("The reference of {} doesn't compile.", exercise.id),
                   "What is missing here:   ./kit doctor");
  }
  read_reference(context.workspace, build, exercise);  // which keeps its pictures
  if (const auto theirs = reference_picture(context.workspace, exercise, name)) {
    plots.push_back(read_plot(theirs->json, "the reference"));
  }
  if (plots.empty()) {
    throw KitError(fmt::format("The suite of {} draws no plot.", exercise.id),
                   "Exercises with growth:   ./kit list complexity");
  }
  const std::filesystem::path file =
      output.empty()
          ? context.workspace.state / "pictures" /
                (exercise.target() + (solution_alone ? ".growth.solution.svg" : ".growth.svg"))
          : std::filesystem::path(output);
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary);
  out << to_svg(plots);
  if (!out.flush()) throw KitError(fmt::format("{} can't be written.", file.string()), "");

  context.terminal.print(fmt::format("{}   {}\n\n", exercise.id, wrap(plots.front().title, 78, 2)) +
                         to_text(plots, context.terminal) +
                         fmt::format("\n  the picture   {}\n",
                                     output.empty()
                                         ? file.lexically_relative(context.workspace.root).string()
                                         : output));
  return kPassed;
}

}  // namespace kit
