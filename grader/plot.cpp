#include "plot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "errors.hpp"

namespace kit {

using nlohmann::json;

namespace {

// The range of one axis in decades, and where a value lies in it.
struct Axis {
  double low = 0, high = 1;  // logarithms to base 10

  void hold(double value) {
    if (value <= 0) return;
    const double log = std::log10(value);
    low = empty ? log : std::min(low, log);
    high = empty ? log : std::max(high, log);
    empty = false;
  }
  // A little room, and never no range at all.
  void round() {
    low = std::floor(low + 1e-9);
    high = std::max(std::ceil(high - 1e-9), low + 1);
  }
  double share(double value) const { return (std::log10(value) - low) / (high - low); }
  bool empty = true;
};

struct Axes {
  Axis x, y;
};

Axes axes_of(const std::vector<GrowthPlot>& plots) {
  Axes axes;
  for (const GrowthPlot& plot : plots) {
    for (const PlotPoint& point : plot.points) {
      axes.x.hold(point.n);
      axes.y.hold(std::max(point.count, 1.0));
      axes.y.hold(point.line);
    }
  }
  axes.x.round();
  axes.y.round();
  return axes;
}

std::string decade(int exponent) {
  if (exponent < 0) return fmt::format("1e{}", exponent);
  if (exponent > 6) return fmt::format("10^{}", exponent);
  std::string digits = "1" + std::string(static_cast<std::size_t>(exponent), '0');
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string class_of(const GrowthPlot& plot) {
  if (plot.fit.empty()) return "can't be told on these sizes";
  return "grows as " + plot.fit;
}

constexpr const char* kStyle = R"(<style>
  text { font: 13px sans-serif; fill: #24292f; }
  .paper { fill: #ffffff; } .grid { stroke: #d0d7de; } .line { stroke: #6e7781; }
  .first { stroke: #0969da; } .second { stroke: #bc4c00; }
  circle.first { fill: #0969da; } circle.second { fill: #bc4c00; }
  @media (prefers-color-scheme: dark) {
    text { fill: #e6edf3; } .paper { fill: #0d1117; } .grid { stroke: #30363d; }
    .line { stroke: #8b949e; } .first { stroke: #58a6ff; } .second { stroke: #f0883e; }
    circle.first { fill: #58a6ff; } circle.second { fill: #f0883e; }
  }
</style>
)";

constexpr double kWidth = 640, kHeight = 420, kLeft = 84, kTop = 64, kRight = 44, kBottom = 56;

// A value as a place on the page.
struct Page {
  Axes axes;
  double x(double n) const { return kLeft + axes.x.share(n) * (kWidth - kLeft - kRight); }
  double y(double count) const {
    return kHeight - kBottom - axes.y.share(std::max(count, 1.0)) * (kHeight - kTop - kBottom);
  }

  std::string grid() const {
    std::string out;
    for (int e = static_cast<int>(axes.x.low); e <= static_cast<int>(axes.x.high); ++e) {
      const double at = x(std::pow(10, e));
      out += fmt::format(
          "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\"/>"
          "<text x=\"{0:.1f}\" y=\"{3:.1f}\" text-anchor=\"middle\">{4}</text>\n",
          at, kTop, kHeight - kBottom, kHeight - kBottom + 18, decade(e));
    }
    const int decades = static_cast<int>(axes.y.high - axes.y.low);
    const int step = 1 + decades / 10;
    for (int e = static_cast<int>(axes.y.low); e <= static_cast<int>(axes.y.high); e += step) {
      const double at = y(std::pow(10, e));
      out += fmt::format(
          "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{1:.1f}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/>"
          "<text x=\"{3:.1f}\" y=\"{4:.1f}\" text-anchor=\"end\">{5}</text>\n",
          kLeft, kWidth - kRight, at, kLeft - 8, at + 4, decade(e));
    }
    return out;
  }

  std::string curve(const std::vector<PlotPoint>& points, double PlotPoint::*value,
                    const char* style, const char* dashes) const {
    std::string path;
    for (const PlotPoint& point : points) {
      if (point.*value <= 0) continue;
      path +=
          fmt::format("{}{:.1f},{:.1f} ", path.empty() ? "M" : "L", x(point.n), y(point.*value));
    }
    if (path.empty()) return "";
    return fmt::format(
        "<path class=\"{}\" d=\"{}\" fill=\"none\" stroke-width=\"1.5\" "
        "stroke-dasharray=\"{}\"/>\n",
        style, path, dashes);
  }
};

}  // namespace

GrowthPlot read_plot(const std::string& written, const std::string& whose) {
  try {
    const json j = json::parse(written);
    if (j.at("kind") != "growth") throw KitError(fmt::format("{} is no growth plot.", whose), "");
    GrowthPlot plot{whose, j.at("title"), j.at("variable"), j.at("unit"), j.at("line"), j.at("fit"),
                    {}};
    for (const json& p : j.at("points")) {
      plot.points.push_back({p.at(0), p.at(1), p.at(2), p.at(3)});
    }
    if (plot.points.empty()) throw KitError(fmt::format("The plot of {} is empty.", whose), "");
    return plot;
  } catch (const json::exception& error) {
    throw KitError(fmt::format("The picture of {} can't be read: {}", whose, error.what()),
                   "Grade again; it is drawn anew.");
  }
}

std::string to_svg(const std::vector<GrowthPlot>& plots) {
  const Page page{axes_of(plots)};
  constexpr const char* kClasses[] = {"first", "second"};
  std::string body = page.grid();
  body += page.curve(plots.front().points, &PlotPoint::line, "line", "6 4");
  double below = kHeight + 16;
  std::string text = fmt::format("<text x=\"{}\" y=\"{}\">- - {}</text>\n", kLeft, below,
                                 escaped(plots.front().line));
  for (std::size_t i = 0; i < plots.size() && i < 2; ++i) {
    body += page.curve(plots[i].points, &PlotPoint::fit, kClasses[i], "");
    for (const PlotPoint& point : plots[i].points) {
      body += fmt::format("<circle class=\"{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"3\"/>\n",
                          kClasses[i], page.x(point.n), page.y(point.count));
    }
    below += 20;
    text += fmt::format(
        "<circle class=\"{}\" cx=\"{}\" cy=\"{}\" r=\"4\"/><text x=\"{}\" y=\"{}\">{}: {}</text>\n",
        kClasses[i], kLeft + 6, below - 4, kLeft + 22, below, escaped(plots[i].whose),
        escaped(class_of(plots[i])));
  }
  const GrowthPlot& first = plots.front();
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
             "width=\"{0:.0f}\" height=\"{1:.0f}\" role=\"img\">\n",
             kWidth, below + 20) +
         kStyle + "<rect class=\"paper\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n" +
         fmt::format("<text x=\"{}\" y=\"28\">{}</text>\n", kLeft - 60, escaped(first.title)) +
         fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" text-anchor=\"end\">{}</text>\n",
                     kWidth - kRight, kHeight - kBottom + 38, escaped(first.variable)) +
         fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n", kLeft, kTop - 10,
                     escaped(first.unit)) +
         body + text + "</svg>\n";
}

std::string to_text(const std::vector<GrowthPlot>& plots, const Terminal& terminal) {
  constexpr int kColumns = 60, kRows = 16, kLabel = 12;
  const Axes axes = axes_of(plots);
  std::vector<std::string> grid(kRows, std::string(kColumns, ' '));
  const auto cell = [&](double n, double count) -> char& {
    const double right = axes.x.share(n), up = axes.y.share(std::max(count, 1.0));
    const auto column = static_cast<std::size_t>(
        std::clamp(std::lround(right * (kColumns - 1)), 0L, long{kColumns - 1}));
    const auto row = static_cast<std::size_t>(
        std::clamp(std::lround((1 - up) * (kRows - 1)), 0L, long{kRows - 1}));
    return grid[row][column];
  };
  // The line, drawn through its points on the logarithmic axes.
  const auto& points = plots.front().points;
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const PlotPoint &a = points[i], &b = points[i + 1];
    if (a.line <= 0 || b.line <= 0) continue;
    for (int k = 0; k <= 8; ++k) {
      const double t = k / 8.0;
      cell(a.n * std::pow(b.n / a.n, t), a.line * std::pow(b.line / a.line, t)) = '.';
    }
  }
  for (std::size_t which = plots.size(); which-- > 0;) {
    for (const PlotPoint& point : plots[which].points) {
      char& mark = cell(point.n, point.count);
      mark = which == 1 ? 'x' : mark == 'x' ? '8' : 'o';
    }
  }
  std::string out = fmt::format("  {:>{}}\n", plots.front().unit, kLabel - 2);
  for (int row = 0; row < kRows; ++row) {
    // A label where a decade begins.
    std::string label;
    for (int e = static_cast<int>(axes.y.low); e <= static_cast<int>(axes.y.high); ++e) {
      const double up = (e - axes.y.low) / (axes.y.high - axes.y.low);
      if (std::lround((1 - up) * (kRows - 1)) == row) label = decade(e);
    }
    std::string line =
        fmt::format("{:>{}} |{}", label, kLabel, grid[static_cast<std::size_t>(row)]);
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  out += std::string(kLabel + 1, ' ') + "+" + std::string(kColumns, '-') + "\n";
  std::string ticks(kLabel + 2 + kColumns + 8, ' ');
  std::size_t next = 0;
  for (int e = static_cast<int>(axes.x.low); e <= static_cast<int>(axes.x.high); ++e) {
    const double right = (e - axes.x.low) / (axes.x.high - axes.x.low);
    const std::string label = decade(e);
    const auto middle = static_cast<std::size_t>(kLabel + 2 + std::lround(right * (kColumns - 1)));
    const std::size_t at = std::min(middle - std::min(middle, label.size() / 2),
                                    static_cast<std::size_t>(78) - label.size());
    if (at < next) continue;
    ticks.replace(at, label.size(), label);
    next = at + label.size() + 1;
  }
  out += ticks.substr(0, ticks.find_last_not_of(' ') + 1) + "   " + plots.front().variable + "\n\n";
  constexpr const char* kMarks[] = {"o", "x"};
  for (std::size_t i = 0; i < plots.size() && i < 2; ++i) {
    out += fmt::format("  {}  {}   {}\n", kMarks[i], pad(plots[i].whose, 13),
                       terminal.strong(class_of(plots[i])));
  }
  out += fmt::format("  .  {}\n", plots.front().line);
  if (plots.size() > 1) out += terminal.quiet("  8  both") + "\n";
  return out;
}

}  // namespace kit
