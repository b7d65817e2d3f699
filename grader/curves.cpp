#include "curves.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "log_chart.hpp"

namespace kit {

namespace {

// The whole decades, or powers of `step`, that hold all values.
struct Range {
  double low = 0, high = 0;
};

Range range_of(const CurveChart& chart, double step, double std::pair<double, double>::*which) {
  Range range;
  for (const Curve& curve : chart.curves) {
    for (const auto& point : curve.points) {
      const double value = point.*which;
      range.low = range.low == 0 ? value : std::min(range.low, value);
      range.high = std::max(range.high, value);
    }
  }
  if (range.low <= 0) return {1, step};
  const double log_step = std::log(step);
  const double low = std::floor(std::log(range.low) / log_step + 1e-9);
  const double high = std::max(std::ceil(std::log(range.high) / log_step - 1e-9), low + 1);
  return {std::exp(low * log_step), std::exp(high * log_step)};
}

// From 0 at the low end to 1 at the high one.
double share(const Range& range, double value) {
  return std::log(value / range.low) / std::log(range.high / range.low);
}

using Point = std::pair<double, double>;

}  // namespace

std::string bytes_text(double bytes) {
  if (bytes >= 1 << 20) return fmt::format("{:.4g} MiB", bytes / (1 << 20));
  if (bytes >= 1 << 10) return fmt::format("{:.4g} KiB", bytes / (1 << 10));
  return fmt::format("{:.4g} B", bytes);
}

std::string time_text(double seconds) {
  struct Unit {
    const char* name;
    double seconds;
  };
  for (const Unit unit : {Unit{"s", 1}, Unit{"ms", 1e-3}, Unit{"us", 1e-6}}) {
    const double value = seconds / unit.seconds;
    if (value >= 99.5) return fmt::format("{:.0f} {}", value, unit.name);
    if (value >= 0.9995) return fmt::format("{:.3g} {}", value, unit.name);
  }
  return fmt::format("{:.3g} ns", seconds * 1e9);
}

std::string to_text(const CurveChart& chart, const Terminal& terminal) {
  constexpr int kColumns = 60, kRows = 15, kLabel = 10;
  constexpr const char* kMarks = "ox+*#.";
  const Range x = range_of(chart, chart.x_step, &Point::first);
  const Range y = range_of(chart, 10, &Point::second);
  std::vector<std::string> grid(kRows, std::string(kColumns, ' '));
  const auto cell = [&](double right, double up) -> char& {
    const auto column = static_cast<std::size_t>(std::lround(share(x, right) * (kColumns - 1)));
    const auto row = static_cast<std::size_t>(std::lround((1 - share(y, up)) * (kRows - 1)));
    return grid[row][column];
  };
  for (std::size_t k = std::min<std::size_t>(chart.curves.size(), 6); k-- > 0;)
    for (const auto& [right, up] : chart.curves[k].points) cell(right, up) = kMarks[k];

  std::string out = fmt::format("  {:>{}}\n", chart.y, kLabel - 2);
  for (int row = 0; row < kRows; ++row) {
    std::string label;
    for (double tick = y.low; tick < y.high * 1.5; tick *= 10)
      if (std::lround((1 - share(y, tick)) * (kRows - 1)) == row) label = chart.y_tick(tick);
    std::string line =
        fmt::format("{:>{}} |{}", label, kLabel, grid[static_cast<std::size_t>(row)]);
    out += line.substr(0, line.find_last_not_of(' ') + 1) + "\n";
  }
  out += std::string(kLabel + 1, ' ') + "+" + std::string(kColumns, '-') + "\n";
  std::string ticks(kLabel + kColumns + 8, ' ');
  std::size_t next = 0;
  for (double tick = x.low; tick < x.high * 1.5; tick *= chart.x_step) {
    const std::string label = chart.x_tick(tick);
    const auto middle =
        static_cast<std::size_t>(kLabel + 2 + std::lround(share(x, tick) * (kColumns - 1)));
    const std::size_t at =
        std::min(middle - std::min(middle, label.size() / 2), ticks.size() - label.size());
    if (at < next) continue;
    ticks.replace(at, label.size(), label);
    next = at + label.size() + 2;
  }
  out += ticks.substr(0, ticks.find_last_not_of(' ') + 1) + "\n";
  out += fmt::format("{:>{}}\n", chart.x, kLabel + 2 + kColumns);
  for (std::size_t k = 0; k < chart.curves.size() && k < 6; ++k)
    out += fmt::format("  {}  {}\n", kMarks[k], chart.curves[k].name);
  out += terminal.quiet("  where several meet, the first of these is shown") + "\n";
  return out;
}

std::string to_svg(const CurveChart& chart) {
  const Range x = range_of(chart, chart.x_step, &Point::first);
  const Range y = range_of(chart, 10, &Point::second);
  LogChart drawn(chart.title, {x.low, x.high, chart.x_step, chart.x, chart.x_tick},
                 {y.low, y.high, 10, chart.y, chart.y_tick});
  for (std::size_t k = 0; k < chart.curves.size() && k < 6; ++k)
    drawn.line(chart.curves[k].points, static_cast<int>(k), chart.curves[k].name);
  return drawn.svg();
}

}  // namespace kit
