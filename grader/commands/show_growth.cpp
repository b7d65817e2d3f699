// `kit show ID --growth`: how the counts of your last try grow, beside the reference's, on logarithmic
// axes, in the terminal and as a picture. `--solution` shows the reference alone, `--output FILE` says
// where the picture goes.
#include <fmt/format.h>

#include "commands/show_picture.hpp"
#include "plot.hpp"

namespace kit {

int show_growth(const Context& context, const std::string& word, bool solution_alone,
                const std::string& output) {
  constexpr PictureKind kKind = {"growth", "plot",
                                "it is drawn when a bound over sizes or a claim was measured",
                                "Exercises with growth:   ./kit list complexity"};
  const Exercise& exercise = context.catalogue.find(word);
  std::vector<GrowthPlot> plots;
  for (const ShownPicture& one : pictures_to_show(context, exercise, kKind, solution_alone))
    plots.push_back(read_plot(one.json, one.whose));
  const std::string file =
      write_drawing(context, exercise, kKind, solution_alone, output, to_svg(plots));
  context.terminal.print(fmt::format("{}   {}\n\n{}\n  the picture   {}\n", exercise.id,
                                     wrap(plots.front().title, 78, 2),
                                     to_text(plots, context.terminal), file));
  return kPassed;
}

}  // namespace kit
