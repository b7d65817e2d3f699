// `kit show ID --calls`: the system calls of your last try in their order, on which files, and what each came to, with the
// reference's. `--solution` shows the reference alone, `--output FILE` says where the picture goes.
#include <fmt/format.h>

#include "commands/show_picture.hpp"
#include "timeline.hpp"

namespace kit {

int show_calls(const Context& context, const std::string& word, bool solution_alone,
               const std::string& output) {
  constexpr PictureKind kKind = {"calls", "time-line of calls",
                                "it is drawn when a Cost test has run",
                                "Exercises that count calls:   ./kit list linux"};
  const Exercise& exercise = context.catalogue.find(word);
  std::vector<Timeline> lines;
  for (const ShownPicture& one : pictures_to_show(context, exercise, kKind, solution_alone))
    lines.push_back(read_timeline(one.json, one.whose));
  const std::string file =
      write_drawing(context, exercise, kKind, solution_alone, output, to_svg(lines));
  std::string screen = fmt::format("{}   {}\n\n", exercise.id, wrap(lines.front().title, 78, 2));
  for (const Timeline& one : lines) screen += to_text(one, context.terminal) + "\n";
  context.terminal.print(screen + fmt::format("  the picture   {}\n", file));
  return kPassed;
}

}  // namespace kit
