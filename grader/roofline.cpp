#include "roofline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "log_chart.hpp"

namespace kit {

namespace {

using nlohmann::json;

std::string byte_tick(double bytes) {
  if (bytes >= 1 << 20) return fmt::format("{:.0f}M", bytes / (1 << 20));
  return fmt::format("{:.0f}K", bytes / 1024);
}

std::string plain_tick(double value) {
  return value >= 1 ? fmt::format("{:.0f}", value) : fmt::format("{:.3g}", value);
}

// 1/8, 1/2, 4
std::string fraction_tick(double value) {
  return value >= 1 ? fmt::format("{:.0f}", value) : fmt::format("1/{:.0f}", 1 / value);
}

struct RooflineDot {
  std::string name, role;
  double intensity = 0;  // operations a byte
  double rate = 0;       // 10^9 operations a second
};

// The first workload that says what it moves; null if none does.
const json* placed_workload(const json& bench) {
  const auto placed = [](const json& work) {
    return work.value("bytes", 0.0) > 0 && work.value("operations", 0.0) > 0;
  };
  if (!bench.is_object()) return nullptr;
  if (placed(bench)) return &bench;
  if (const auto more = bench.find("more"); more != bench.end()) {
    for (const json& work : *more) {
      if (placed(work)) return &work;
    }
  }
  return nullptr;
}

std::vector<RooflineDot> dots_of(const json& workload) {
  std::vector<RooflineDot> dots;
  const double bytes = workload["bytes"], operations = workload["operations"];
  for (const json& row : workload.value("rows", json::array())) {
    const double seconds = row.value("seconds", 0.0);
    if (seconds <= 0) continue;
    dots.push_back({row.value("name", ""), row.value("role", ""), operations / bytes,
                    operations / seconds / 1e9});
  }
  return dots;
}

int colour_of(const std::string& role) {
  return role == "yours" ? 0 : role == "reference" ? 1 : role == "peer" ? 2 : 5;
}

struct RooflineRange {
  double low_x = 1.0 / 16, high_x = 64, low_y = 0.1, high_y = 1000;
};

RooflineRange range_of(const Roofs& roofs, const std::vector<RooflineDot>& dots) {
  RooflineRange range;
  const auto power = [](double base, double value, bool up) {
    const double exponent = std::log(value) / std::log(base);
    return std::pow(base, up ? std::ceil(exponent) : std::floor(exponent));
  };
  for (const Roof& peak : roofs.peaks)
    range.high_y = std::max(range.high_y, power(10, peak.figure.value, true));
  for (const RooflineDot& dot : dots) {
    range.low_x = std::min(range.low_x, power(2, dot.intensity, false));
    range.high_x = std::max(range.high_x, power(2, dot.intensity, true));
    range.low_y = std::min(range.low_y, power(10, dot.rate, false));
  }
  return range;
}

double highest_peak(const Roofs& roofs) {
  double highest = 1;
  for (const Roof& peak : roofs.peaks) highest = std::max(highest, peak.figure.value);
  return highest;
}

void draw_peaks(LogChart& chart, const Roofs& roofs, const RooflineRange& range) {
  // Widths with the same peak share a line, and the label of the narrowest.
  std::vector<double> drawn;
  for (const Roof& peak : roofs.peaks) {
    if (!peak.name.starts_with("float")) continue;
    const double value = peak.figure.value;
    const bool there = std::any_of(drawn.begin(), drawn.end(), [&](double other) {
      return std::abs(std::log(other / value)) < 0.15;
    });
    if (there) continue;
    drawn.push_back(value);
    chart.line({{range.low_x, value}, {range.high_x, value}}, 8, peak.name);
  }
}

void draw_slopes(LogChart& chart, const Roofs& roofs, const RooflineRange& range) {
  const double top = highest_peak(roofs);
  int colour = 3;
  for (auto level = roofs.levels.rbegin(); level != roofs.levels.rend(); ++level) {
    const double rate = roofs.bandwidth_of("read", level->name);
    if (rate <= 0) continue;
    // From where it enters the page to where arithmetic is the limit.
    const double begin = std::max(range.low_x, range.low_y / rate);
    const double end = std::min(range.high_x, top / rate);
    chart.line({{begin, begin * rate}, {end, end * rate}}, colour);
    chart.text(end, end * rate * 1.15, colour++, fmt::format("{} {:.0f} GB/s", level->name, rate));
  }
}

std::string roofline_title(const Roofs& roofs, const json* workload) {
  if (workload == nullptr) return "The roofline of one core: " + roofs.machine;
  return fmt::format("{}, on the roofs of {}", workload->value("workload", ""), roofs.machine);
}

}  // namespace

std::string mountain_svg(const Roofs& roofs) {
  double top = 10;
  for (const Roofs::Slope& row : roofs.mountain) {
    for (const double value : row.values) top = std::max(top, value);
  }
  const double first = roofs.mountain.empty() ? 8192 : roofs.mountain.front().bytes;
  const double last = roofs.mountain.empty() ? first * 4 : roofs.mountain.back().bytes;
  LogChart chart(
      "The memory mountain: " + roofs.machine, {first, last, 4, "bytes gone over", byte_tick},
      {0.1, std::pow(10, std::ceil(std::log10(top))), 10, "GB/s of the words read", plain_tick});
  for (std::size_t s = 0; s < roofs.strides.size(); ++s) {
    LogChart::Points points;
    for (const Roofs::Slope& row : roofs.mountain) points.emplace_back(row.bytes, row.values[s]);
    chart.line(points, static_cast<int>(s) % 8, fmt::format("stride {:.0f}", roofs.strides[s]));
  }
  return chart.svg();
}

std::string roofline_svg(const Roofs& roofs, const json& bench) {
  const json* workload = placed_workload(bench);
  const auto dots = workload != nullptr ? dots_of(*workload) : std::vector<RooflineDot>();
  const RooflineRange range = range_of(roofs, dots);
  const std::string operation =
      workload != nullptr ? workload->value("operation", "operation") : "operation";
  LogChart chart(
      roofline_title(roofs, workload),
      {range.low_x, range.high_x, 2, fmt::format("{}s for each byte moved", operation),
       fraction_tick},
      {range.low_y, range.high_y, 10, fmt::format("10^9 {}s a second", operation), plain_tick});
  draw_slopes(chart, roofs, range);
  draw_peaks(chart, roofs, range);
  for (const RooflineDot& dot : dots)
    chart.dot(dot.intensity, dot.rate, colour_of(dot.role), dot.name);
  return chart.svg();
}

std::optional<Drawing> draw_roofline(const Roofs& roofs, const json& bench) {
  const json* workload = placed_workload(bench);
  if (workload == nullptr) return std::nullopt;
  std::string words;
  for (const RooflineDot& dot : dots_of(*workload)) {
    words += fmt::format("{}{}: {:.3g} thousand million {}s a second, {:.3g} for each byte",
                         words.empty() ? "" : "; ", dot.name, dot.rate,
                         workload->value("operation", "operation"), dot.intensity);
  }
  if (words.empty()) return std::nullopt;
  return Drawing{"roofline", roofline_title(roofs, workload), words + ".",
                 roofline_svg(roofs, bench)};
}

}  // namespace kit
