#include "log_chart.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace kit {

namespace {

constexpr const char* kChartStyle = R"(<style>
  text { font: 13px ui-sans-serif, system-ui, "DejaVu Sans", sans-serif; fill: #1f2328; }
  .title { font-size: 15px; font-weight: 600; } .quiet { fill: #59636e; }
  .paper { fill: #ffffff; } .grid { stroke: #d1d9e0; }
  .c { fill: none; stroke-width: 2; } .d { stroke: #ffffff; stroke-width: 1.5; }
  .k0 { --k: #0969da; } .k1 { --k: #bc4c00; } .k2 { --k: #1a7f37; } .k3 { --k: #8250df; }
  .k4 { --k: #bf3989; } .k5 { --k: #9a6700; } .k6 { --k: #1b7c83; } .k7 { --k: #d1242f; }
  .k8 { --k: #59636e; } .c { stroke: var(--k); } .d, text.l { fill: var(--k); }
  @media (prefers-color-scheme: dark) {
    text { fill: #f0f6fc; } .quiet { fill: #9198a1; } .paper { fill: #0d1117; }
    .grid { stroke: #2a313c; } .d { stroke: #0d1117; }
    .k0 { --k: #4493f8; } .k1 { --k: #f0883e; } .k2 { --k: #3fb950; } .k3 { --k: #ab7df8; }
    .k4 { --k: #db61a2; } .k5 { --k: #d29922; } .k6 { --k: #39c5cf; } .k7 { --k: #f85149; }
    .k8 { --k: #9198a1; }
  }
</style>
)";

constexpr double kChartWidth = 720, kChartHeight = 440;
constexpr double kChartLeft = 72, kChartTop = 52, kChartRight = 132, kChartBottom = 60;

// What XML would take for its own.
std::string in_xml(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c == '<') {
      out += "&lt;";
    } else if (c == '&') {
      out += "&amp;";
    } else {
      out += c;
    }
  }
  return out;
}

double share_of(const LogChart::Axis& axis, double value) {
  const double share = std::log(value / axis.low) / std::log(axis.high / axis.low);
  return std::clamp(share, 0.0, 1.0);
}

}  // namespace

LogChart::LogChart(std::string title, Axis x, Axis y)
    : title_(std::move(title)), x_(std::move(x)), y_(std::move(y)) {}

double LogChart::place_x(double value) const {
  return kChartLeft + share_of(x_, value) * (kChartWidth - kChartLeft - kChartRight);
}

double LogChart::place_y(double value) const {
  return kChartHeight - kChartBottom -
         share_of(y_, value) * (kChartHeight - kChartTop - kChartBottom);
}

void LogChart::line(const Points& points, int colour, const std::string& label) {
  if (points.empty()) return;
  std::string path;
  for (const auto& [x, y] : points)
    path += fmt::format("{}{:.1f},{:.1f} ", path.empty() ? "M" : "L", place_x(x), place_y(y));
  path.pop_back();
  body_ += fmt::format("<path class=\"c k{}\" d=\"{}\"/>\n", colour, path);
  if (label.empty()) return;
  this->label(place_x(points.back().first) + 6, place_y(points.back().second) + 4, false, colour,
              label);
}

void LogChart::text(double x, double y, int colour, const std::string& label) {
  this->label(place_x(x), place_y(y), false, colour, label);
}

// The nearest free place above or below the wanted one.
void LogChart::label(double x, double y, bool to_the_left, int colour, const std::string& text) {
  constexpr double kLetter = 7.2, kLine = 15;
  const double width = kLetter * static_cast<double>(text.size());
  const auto box_at = [&](double at) {
    return Box{to_the_left ? x - width : x, to_the_left ? x : x + width, at - kLine + 3, at + 3};
  };
  const auto taken = [&](const Box& box) {
    return std::any_of(labels_.begin(), labels_.end(), [&](const Box& other) {
      return box.left < other.right && other.left < box.right && box.top < other.bottom &&
             other.top < box.bottom;
    });
  };
  Box box = box_at(y);
  for (int step = 1; step <= 16 && taken(box); ++step)
    box = box_at(y + (step % 2 == 1 ? -1 : 1) * kLine * std::floor((step + 1) / 2.0));
  labels_.push_back(box);
  body_ +=
      fmt::format("<text class=\"l k{}\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n",
                  colour, x, box.bottom - 3, to_the_left ? "end" : "start", in_xml(text));
}

void LogChart::dot(double x, double y, int colour, const std::string& label) {
  const double left = place_x(x), top = place_y(y);
  const bool at_the_end = left > kChartWidth - kChartRight - 60;
  body_ += fmt::format("<circle class=\"d k{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"6\"/>\n", colour,
                       left, top);
  this->label(left + (at_the_end ? -10 : 10), top + 5, at_the_end, colour, label);
}

std::string LogChart::grid() const {
  std::string out;
  const double bottom = kChartHeight - kChartBottom, right = kChartWidth - kChartRight;
  for (double at = x_.low; at <= x_.high * 1.0001; at *= x_.step) {
    out += fmt::format(
        "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{0:.1f}\" y1=\"{1:.1f}\" y2=\"{2:.1f}\"/>"
        "<text class=\"quiet\" x=\"{0:.1f}\" y=\"{3:.1f}\" text-anchor=\"middle\">{4}</text>\n",
        place_x(at), kChartTop, bottom, bottom + 18, x_.tick(at));
  }
  for (double at = y_.low; at <= y_.high * 1.0001; at *= y_.step) {
    out += fmt::format(
        "<line class=\"grid\" x1=\"{0:.1f}\" x2=\"{1:.1f}\" y1=\"{2:.1f}\" y2=\"{2:.1f}\"/>"
        "<text class=\"quiet\" x=\"{3:.1f}\" y=\"{4:.1f}\" text-anchor=\"end\">{5}</text>\n",
        kChartLeft, right, place_y(at), kChartLeft - 8, place_y(at) + 4, y_.tick(at));
  }
  out += fmt::format(
      "<text class=\"quiet\" x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"middle\">{}</text>\n",
      (kChartLeft + right) / 2, bottom + 42, in_xml(x_.words));
  return out + fmt::format("<text class=\"quiet\" x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n",
                           kChartLeft - 44, kChartTop - 10, in_xml(y_.words));
}

std::string LogChart::svg() const {
  return fmt::format(
             "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
             "width=\"{0:.0f}\" height=\"{1:.0f}\" role=\"img\" aria-label=\"{2}\">\n",
             kChartWidth, kChartHeight, in_xml(title_)) +
         kChartStyle + "<rect class=\"paper\" width=\"100%\" height=\"100%\" rx=\"6\"/>\n" +
         fmt::format("<text class=\"title\" x=\"{:.0f}\" y=\"24\">{}</text>\n", kChartLeft - 44,
                     in_xml(title_)) +
         grid() + body_ + "</svg>\n";
}

}  // namespace kit
