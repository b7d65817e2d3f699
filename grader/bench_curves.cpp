#include "bench_curves.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

namespace kit {

namespace {

using nlohmann::json;

Curve& curve_of(std::vector<Curve>& curves, const std::string& name) {
  const auto at =
      std::find_if(curves.begin(), curves.end(), [&](const Curve& c) { return c.name == name; });
  if (at != curves.end()) return *at;
  return curves.emplace_back(Curve{name, {}});
}

// Of yours, the reference and the peers; what a roof is stands in "roofs".
void add_sizes(std::vector<Curve>& curves, const json& work) {
  const double bytes = work.value("message", 0.0);
  if (bytes <= 0) return;
  for (const json& row : work.value("rows", json::array())) {
    if (row.value("role", "") == "baseline" || !row.contains("seconds")) continue;
    curve_of(curves, row.value("name", "")).points.emplace_back(bytes, row.value("seconds", 0.0));
  }
  if (work.contains("roof_seconds"))
    curve_of(curves, "the roof").points.emplace_back(bytes, work.value("roof_seconds", 0.0));
}

std::string ranks_text(double ranks) {
  return fmt::format("{:.0f}", ranks);
}

constexpr double kChartBytes = 1 << 20;
constexpr int kShownRanks[] = {4, 8, 16, 32, 64};

template <class Value, class Words>
std::string prediction_row(const std::string& name, const Prediction& of,
                           const std::vector<Value>& values, Words words) {
  std::string row = fmt::format("    {:<12}", name);
  for (const int ranks : kShownRanks) {
    const auto at = std::find(of.ranks.begin(), of.ranks.end(), ranks);
    const auto k = static_cast<std::size_t>(at - of.ranks.begin());
    row += fmt::format("{:>11}", k < values.size() ? words(values[k]) : "");
  }
  return row + "\n";
}

}  // namespace

std::optional<CurveChart> size_curves(const json& result) {
  std::vector<Curve> curves;
  add_sizes(curves, result);
  for (const json& more : result.value("more", json::array())) add_sizes(curves, more);
  std::erase_if(curves, [](const Curve& c) { return c.points.size() < 3; });
  if (curves.empty()) return std::nullopt;
  for (Curve& curve : curves) std::sort(curve.points.begin(), curve.points.end());
  // Yours and the reference first: where curves meet these are the ones to see.
  std::stable_sort(curves.begin(), curves.end(), [](const Curve& a, const Curve& b) {
    const auto place = [](const Curve& c) {
      return c.name == "yours" ? 0 : c.name == "reference" ? 1 : 2;
    };
    return place(a) < place(b);
  });
  return CurveChart{"Time of a call over the size of its message",
                    "bytes",
                    "time",
                    bytes_text,
                    time_text,
                    8,
                    curves};
}

std::vector<Prediction> read_predictions(const std::string& lines) {
  std::vector<Prediction> all;
  std::istringstream in(lines);
  for (std::string line; std::getline(in, line);) {
    const json one = json::parse(line, nullptr, false);
    if (!one.is_object()) continue;
    Prediction read{one.value("what", ""),
                    one.value("ranks", std::vector<int>()),
                    one.value("rounds", std::vector<int>()),
                    one.value("messages", std::vector<int>()),
                    {}};
    for (const json& times : one.value("times", json::array()))
      read.times.push_back(
          {times.value("bytes", 0.0), times.value("seconds", std::vector<double>())});
    if (!read.ranks.empty() && !read.times.empty()) all.push_back(std::move(read));
  }
  return all;
}

std::string prediction_text(const Terminal& terminal, const std::vector<Prediction>& predictions) {
  std::string text;
  for (const Prediction& each : predictions) {
    text += fmt::format("\n  {:<14}", each.what);
    for (const int ranks : kShownRanks) text += fmt::format("{:>11}", ranks);
    text += terminal.quiet(" ranks") + "\n";
    text += prediction_row("rounds", each, each.rounds, [](int n) { return std::to_string(n); });
    text +=
        prediction_row("messages", each, each.messages, [](int n) { return std::to_string(n); });
    for (const Prediction::Times& times : each.times)
      text += prediction_row(times.bytes > 0 ? bytes_text(times.bytes) : "time", each,
                             times.seconds, time_text);
  }
  return text;
}

std::optional<CurveChart> prediction_curves(const std::vector<Prediction>& predictions) {
  CurveChart chart{"", "ranks", "time", ranks_text, time_text, 2, {}};
  for (const Prediction& each : predictions) {
    const auto nearest =
        std::min_element(each.times.begin(), each.times.end(), [](const auto& a, const auto& b) {
          return std::abs(std::log((a.bytes + 1) / kChartBytes)) <
                 std::abs(std::log((b.bytes + 1) / kChartBytes));
        });
    Curve curve{each.what, {}};
    for (std::size_t k = 0; k < each.ranks.size() && k < nearest->seconds.size(); ++k)
      if (each.ranks[k] >= 4 && nearest->seconds[k] > 0)
        curve.points.emplace_back(each.ranks[k], nearest->seconds[k]);
    if (curve.points.size() < 2) continue;
    chart.title = nearest->bytes > 0 ? "Predicted time of a call with " + bytes_text(nearest->bytes)
                                     : "Predicted time of a call";
    chart.curves.push_back(std::move(curve));
  }
  if (chart.curves.empty()) return std::nullopt;
  return chart;
}

}  // namespace kit
