// `kit show ID --misses`: which parts of which array came into the cache how often in your last try,
// and in the reference, in the terminal and as a picture. `--solution` shows the reference alone,
// `--output FILE` says where the picture goes.
#include <fmt/format.h>

#include "commands/show_picture.hpp"
#include "miss_map.hpp"

namespace kit {

int show_misses(const Context& context, const std::string& word, bool solution_alone,
                const std::string& output) {
  constexpr PictureKind kKind = {"misses", "map of misses", "it is drawn when a Cost test has run",
                                "Exercises that count misses:   ./kit list cache"};
  const Exercise& exercise = context.catalogue.find(word);
  std::vector<MissMap> maps;
  for (const ShownPicture& one : pictures_to_show(context, exercise, kKind, solution_alone))
    maps.push_back(read_miss_map(one.json, one.whose));
  const std::string file =
      write_drawing(context, exercise, kKind, solution_alone, output, to_svg(maps));
  std::string screen = fmt::format("{}   {}\n\n", exercise.id, wrap(maps.front().title, 78, 2));
  for (const MissMap& map : maps) screen += to_text(map, context.terminal) + "\n";
  screen += context.terminal.quiet(
      "  each line came in: . once   : up to 2   + up to 4   x up to 8 times   # more");
  context.terminal.print(screen + fmt::format("\n\n  the picture   {}\n", file));
  return kPassed;
}

}  // namespace kit
