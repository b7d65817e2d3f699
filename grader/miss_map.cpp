#include "miss_map.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "errors.hpp"

namespace kit {

namespace {

// How bad a cell is: each line came in not at all, once, up to 2, 4, 8 times, more often.
struct MissLevel {
  double most;
  char mark;
  const char* words;
};
constexpr MissLevel kMissLevels[] = {{0, ' ', "never"},           {1.1, '.', "once"},
                                     {2.2, ':', "up to 2"},       {4.4, '+', "up to 4"},
                                     {8.8, 'x', "up to 8 times"}, {1e300, '#', "more"}};
constexpr std::size_t kMissLevelCount = std::size(kMissLevels);

std::size_t miss_level(double cell) {
  std::size_t level = 0;
  while (cell > kMissLevels[level].most) ++level;
  return level;
}

constexpr const char* kMissMapStyle = R"(<style>
  text { font: 13px ui-sans-serif, system-ui, "DejaVu Sans", sans-serif; fill: #1f2328; }
  .title { font-size: 15px; font-weight: 600; } .quiet { fill: #59636e; }
  .paper { fill: #ffffff; } .frame { fill: none; stroke: #818b98; }
  .m0 { fill: #eff2f5; } .m1 { fill: #0969da; fill-opacity: 0.3; } .m2 { fill: #0969da; }
  .m3 { fill: #bc4c00; fill-opacity: 0.6; } .m4 { fill: #bc4c00; } .m5 { fill: #d1242f; }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; } .quiet { fill: #9198a1; } .paper { fill: #0d1117; }
    .frame { stroke: #656c76; } .m0 { fill: #1c2128; } .m1, .m2 { fill: #4493f8; }
    .m3, .m4 { fill: #f0883e; } .m5 { fill: #f85149; }
  }
</style>
)";

constexpr double kCellWidth = 9, kCellHeight = 14, kMapMargin = 24, kMapBetween = 36;
constexpr double kLeastPanel = 150;  // room for the words above a narrow array

// 65,536
std::string grouped(long long n) {
  std::string digits = std::to_string(n);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

double panel_width(const DrawnArray& array) {
  return std::max(kCellWidth * static_cast<double>(array.columns), kLeastPanel);
}

std::string words_of(const DrawnArray& array) {
  return fmt::format("{} lines, {} misses", grouped(array.lines), grouped(array.misses));
}

std::string drawn_array(const DrawnArray& array, double x, double y) {
  std::string out = fmt::format(
      "<g transform=\"translate({:.0f}, {:.0f})\">\n<text x=\"0\" y=\"0\">{}</text>"
      "<text class=\"quiet\" x=\"0\" y=\"18\">{}</text>\n",
      x, y, array.name, words_of(array));
  for (std::size_t k = 0; k < array.cells.size(); ++k) {
    if (array.cells[k] < 0) continue;
    const std::size_t line = k / array.columns;
    out += fmt::format(
        "<rect class=\"m{}\" x=\"{:.0f}\" y=\"{:.0f}\" width=\"{:.0f}\" height=\"{:.0f}\">"
        "<title>each line came in {} times</title></rect>\n",
        miss_level(array.cells[k]), kCellWidth * static_cast<double>(k % array.columns),
        28 + kCellHeight * static_cast<double>(line), kCellWidth, kCellHeight,
        array.cells[k]);
  }
  return out + fmt::format(
                   "<rect class=\"frame\" x=\"0\" y=\"28\" width=\"{:.0f}\" "
                   "height=\"{:.0f}\"/>\n</g>\n",
                   kCellWidth * static_cast<double>(array.columns),
                   kCellHeight * static_cast<double>(array.rows));
}

}  // namespace

std::string heading(const MissMap& map) {
  long long lines = 0, misses = map.elsewhere;
  for (const DrawnArray& array : map.arrays) {
    lines += array.lines;
    misses += array.misses;
  }
  return fmt::format("{}: {} misses, {} lines", map.whose, grouped(misses), grouped(lines));
}

MissMap read_miss_map(const std::string& written, const std::string& whose) {
  try {
    const auto j = nlohmann::json::parse(written);
    if (j.at("kind") != "misses") throw KitError(fmt::format("{} is no miss map.", whose), "");
    MissMap map{whose, j.at("title"), j.at("elsewhere"), {}};
    for (const auto& a : j.at("arrays")) {
      map.arrays.push_back({a.at("name"), a.at("lines"), a.at("misses"), a.at("rows"),
                            a.at("columns"), a.at("cells")});
      const DrawnArray& last = map.arrays.back();
      if (last.cells.empty() || last.cells.size() != last.rows * last.columns) {
        throw KitError(fmt::format("The map of {} isn't whole.", whose), "");
      }
    }
    return map;
  } catch (const nlohmann::json::exception& error) {
    throw KitError(fmt::format("The picture of {} can't be read: {}", whose, error.what()),
                   "Grade once more; it is drawn anew each time.");
  }
}

std::string to_svg(const std::vector<MissMap>& maps) {
  std::string body;
  double y = kMapMargin + 12, widest = 460;
  for (const MissMap& map : maps) {
    body += fmt::format("<text class=\"title\" x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n", kMapMargin,
                        y, heading(map));
    y += 30;
    double x = kMapMargin, highest = 0;
    for (const DrawnArray& array : map.arrays) {
      body += drawn_array(array, x, y);
      x += panel_width(array) + kMapBetween;
      highest = std::max(highest, kCellHeight * static_cast<double>(array.rows));
    }
    widest = std::max(widest, x - kMapBetween + kMapMargin);
    y += 28 + highest + kMapBetween;
  }
  double x = kMapMargin;
  for (std::size_t level = 0; level < kMissLevelCount; ++level) {
    body += fmt::format(
        "<rect class=\"m{}\" x=\"{:.0f}\" y=\"{:.0f}\" width=\"12\" height=\"12\"/>"
        "<text class=\"quiet\" x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n",
        level, x, y - 11, x + 18, y, kMissLevels[level].words);
    x += 34 + 7.5 * static_cast<double>(std::string(kMissLevels[level].words).size());
  }
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
             "width=\"{0:.0f}\" height=\"{1:.0f}\" role=\"img\">\n",
             std::max(widest, x + kMapMargin), y + kMapMargin) +
         kMissMapStyle + "<rect class=\"paper\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n" +
         body + "</svg>\n";
}

std::string to_text(const MissMap& map, const Terminal& terminal) {
  std::string out = "  " + terminal.strong(heading(map)) + "\n";
  for (const DrawnArray& array : map.arrays) {
    out += fmt::format("\n    {}   {}\n", array.name, words_of(array));
    const std::string border = "    +" + std::string(array.columns, '-') + "+\n";
    out += border;
    for (std::size_t row = 0; row < array.rows; ++row) {
      out += "    |";
      for (std::size_t column = 0; column < array.columns; ++column) {
        const double cell = array.cells[row * array.columns + column];
        out += kMissLevels[miss_level(std::max(cell, 0.0))].mark;
      }
      out += "|\n";
    }
    out += border;
  }
  return out;
}

}  // namespace kit
