#include "drawing.hpp"

#include <fmt/format.h>

#include <vector>

#include "diagram.hpp"
#include "errors.hpp"
#include "miss_map.hpp"
#include "plot.hpp"
#include "timeline.hpp"

namespace kit {

namespace {

std::string in_words(const Diagram& drawn) {
  return fmt::format("{}: {} messages, {} {}", drawn.whose, drawn.messages.size(), drawn.end,
                     drawn.stuck.empty() ? drawn.unit : drawn.unit + ", then stuck");
}

std::string in_words(const GrowthPlot& plot) {
  if (plot.points.empty()) return fmt::format("{}: nothing counted", plot.whose);
  return fmt::format("{}: {} at {} = {:.0f}: {:.0f}, the line is at {:.0f}; {}", plot.whose,
                     plot.unit, plot.variable, plot.points.back().n, plot.points.back().count,
                     plot.points.back().line,
                     plot.fit.empty() ? "no class fits surely" : "it grows like " + plot.fit);
}

std::string in_words(const MissMap& map) {
  return heading(map);
}

std::string in_words(const Timeline& line) {
  return heading(line);
}

// Both pictures read by `read` (read_diagram, read_plot, ...) and drawn side by side.
template <class Read>
Drawing side_by_side(const std::string& kind, const Picture& yours,
                     const std::optional<Picture>& theirs, Read read) {
  std::vector drawn{read(yours.json, "yours")};
  std::string words = in_words(drawn[0]);
  if (theirs) {
    drawn.push_back(read(theirs->json, "the reference"));
    words += "; " + in_words(drawn[1]);
  }
  return {kind, drawn[0].title, words + ".", to_svg(drawn)};
}

}  // namespace

std::optional<Drawing> draw(const Picture& yours, const std::optional<Picture>& theirs) {
  const std::string kind = yours.name.substr(0, yours.name.find_first_of("-."));
  try {
    if (kind == "messages") return side_by_side(kind, yours, theirs, read_diagram);
    if (kind == "growth") return side_by_side(kind, yours, theirs, read_plot);
    if (kind == "misses") return side_by_side(kind, yours, theirs, read_miss_map);
    if (kind == "calls") return side_by_side(kind, yours, theirs, read_timeline);
  } catch (const KitError&) {
    return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace kit
