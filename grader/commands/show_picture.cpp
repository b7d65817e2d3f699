#include "commands/show_picture.hpp"

#include <fmt/format.h>

#include <fstream>

#include "build.hpp"
#include "reference.hpp"

namespace kit {

namespace {

// The newest try that has one of this kind; one that didn't come as far has none.
std::optional<Picture> newest_picture(const Context& context, const Exercise& exercise,
                                      const PictureKind& kind) {
  const History history = open_history(context);
  for (const Attempt& attempt : history.attempts(exercise.id, 20)) {
    if (attempt.source != "yours") continue;
    auto picture = picture_of(context.workspace, attempt.id);
    if (picture && picture->name.starts_with(kind.name)) return picture;
  }
  return std::nullopt;
}

}  // namespace

std::vector<ShownPicture> pictures_to_show(const Context& context, const Exercise& exercise,
                                           const PictureKind& kind, bool solution_alone) {
  std::vector<ShownPicture> shown;
  std::string name;
  if (!solution_alone) {
    const auto yours = newest_picture(context, exercise, kind);
    if (!yours) {
      throw KitError(fmt::format("There is no {} of yours for {} yet:\n{}.", kind.what, exercise.id,
                                 kind.drawn),
                     fmt::format("Grade it:   ./kit grade {0}\nThe reference's:   ./kit show {0} "
                                 "--{1} --solution\n{2}",
                                 command_word(context, exercise), kind.name, kind.examples));
    }
    name = yours->name;
    shown.push_back({yours->json, "yours"});
  }
  const Build build(context.workspace, context.terminal);
  const Submission solution = solution_submission(context.workspace, exercise);
  if (!build.make(solution, {solution.target()}).ok) {
    throw KitError(fmt::format("The reference of {} doesn't compile.", exercise.id),
                   "What is missing here:   ./kit doctor");
  }
  read_reference(context.workspace, build, exercise);  // which keeps its pictures
  const auto theirs = reference_picture(context.workspace, exercise, name);
  if (theirs && theirs->name.starts_with(kind.name))
    shown.push_back({theirs->json, "the reference"});
  if (shown.empty()) {
    throw KitError(fmt::format("The suite of {} draws no {}.", exercise.id, kind.what),
                   kind.examples);
  }
  return shown;
}

std::string write_drawing(const Context& context, const Exercise& exercise, const PictureKind& kind,
                          bool solution_alone, const std::string& output, const std::string& svg) {
  const std::filesystem::path file =
      output.empty() ? context.workspace.state / "pictures" /
                           fmt::format("{}.{}{}.svg", exercise.target(), kind.name,
                                       solution_alone ? ".solution" : "")
                     : std::filesystem::path(output);
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path());
  std::ofstream out(file, std::ios::binary);
  out << svg;
  if (!out.flush()) throw KitError(fmt::format("{} can't be written.", file.string()), "");
  return output.empty() ? file.lexically_relative(context.workspace.root).string() : output;
}

}  // namespace kit
