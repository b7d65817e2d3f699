#include "bench_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace kit {

namespace {

using nlohmann::json;

std::string significant(double value) {
  if (value >= 1000) return fmt::format("{:.0f}", value);
  if (value >= 100) return fmt::format("{:.1f}", value);
  return fmt::format("{:.3g}", value);
}

std::string ratio_text(const Terminal& terminal, const json& row) {
  if (!row.contains("ratio")) return "";
  const json& ratio = row["ratio"];
  const double median = ratio.value("median", 0.0);
  const std::string verdict = row.value("verdict", "");
  std::string text = fmt::format("{:>6.2f} {:<12} [{:.2f} .. {:.2f}]", median, verdict,
                                 ratio.value("q1", 0.0), ratio.value("q3", 0.0));
  if (row.value("role", "") != "yours") return text;
  return verdict == "faster"   ? terminal.good(text)
         : verdict == "slower" ? terminal.attention(text)
                               : text;
}

std::string workload_table(const Terminal& terminal, const json& work,
                           const std::optional<Roofs>& roofs) {
  std::string text =
      fmt::format("{}, {} alternating pairs\n", work.value("workload", ""), work.value("pairs", 0));
  if (work.contains("roof") && work["roof"].is_object()) {
    const json& roof = work["roof"];
    text += fmt::format("roof: {}, {} {}\n", roof.value("name", ""),
                        significant(roof.value("value", 0.0)), roof.value("unit", ""));
  }
  std::string time_unit = "time";
  std::string rate_unit;
  std::size_t widest = 9;
  double slowest = 0;
  for (const json& row : work.value("rows", json::array())) {
    widest = std::max(widest, row.value("name", "").size());
    if (row.contains("time_unit")) time_unit = row.value("time_unit", "");
    if (row.contains("rate_unit")) rate_unit = row.value("rate_unit", "");
    slowest = std::max(slowest, row.value("time", 0.0));
  }
  widest = std::min<std::size_t>(widest, 24);
  text += terminal.quiet(fmt::format("\n  {:<{}} {:>8} {:>8}  {:>7}   {}\n", "", widest, time_unit,
                                     rate_unit, "of roof", "time against the reference's"));
  for (const json& row : work.value("rows", json::array())) {
    const std::string name = row.value("name", "");
    if (!row.contains("time")) {
      text +=
          fmt::format("  {:<{}} {}\n", name, widest, terminal.bad(row.value("note", "not timed")));
      continue;
    }
    const std::string rate = row.contains("rate") ? significant(row.value("rate", 0.0)) : "";
    const std::string share =
        row.contains("of_roof") ? fmt::format("{:.0f} %", 100 * row.value("of_roof", 0.0)) : "";
    std::string line =
        fmt::format("  {:<{}} {:>8} {:>8}  {:>7}   {}", name, widest,
                    significant(row.value("time", 0.0)), rate, share, ratio_text(terminal, row));
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  text += "\n";
  for (const json& row : work.value("rows", json::array())) {
    if (!row.contains("time") || slowest <= 0) continue;
    text += fmt::format("  {:<{}} {}\n", row.value("name", ""), widest,
                        terminal.bar(row.value("time", 0.0) / slowest, 40));
  }
  if (work.contains("noise") && work["noise"].is_object()) {
    const json& noise = work["noise"];
    text += terminal.quiet(
        fmt::format("\n{:.1f} % between repeats; under {:.0f} % nothing is told apart here.\n",
                    100 * noise.value("between_repeats", 0.0),
                    std::ceil(100 * noise.value("told_apart", 0.0))));
  }
  if (const std::string place = roofs ? on_the_roofs(*roofs, work) : ""; !place.empty())
    text += wrap(place, 80) + "\n";
  return text;
}

}  // namespace

std::string bench_screen(const Terminal& terminal, const std::string& id, const json& result,
                         const std::optional<Roofs>& roofs) {
  std::string text =
      fmt::format("{}   {}", terminal.strong(id), workload_table(terminal, result, roofs));
  for (const json& more : result.value("more", json::array()))
    text += "\n" + workload_table(terminal, more, roofs);
  // Each is a line of one paragraph.
  std::string notes;
  for (const json& note : result.value("notes", json::array()))
    if (note.is_string()) notes += (notes.empty() ? "" : " ") + note.get<std::string>();
  if (!notes.empty()) text += "\n" + terminal.quiet(wrap(notes, 80)) + "\n";
  for (const json& peer : result.value("missing_peers", json::array())) {
    text += fmt::format("not measured: {} (package {})\n", peer.value("name", ""),
                        peer.value("package", ""));
  }
  return text;
}

}  // namespace kit
