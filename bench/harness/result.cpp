#include "bench/harness/result.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace kit::bench {
namespace {

using nlohmann::json;

struct TimeUnit {
  const char* name;
  double seconds;
};

// The same for all rows of a table: the largest in which the fastest row is at least a tenth.
TimeUnit time_unit(const std::vector<Row>& rows) {
  double least = 1e9;
  for (const Row& row : rows) {
    if (row.time && row.role != Role::roof) least = std::min(least, *row.time);
  }
  for (const TimeUnit unit : {TimeUnit{"s", 1}, TimeUnit{"ms", 1e-3}, TimeUnit{"us", 1e-6}}) {
    if (least >= unit.seconds / 10) return unit;
  }
  return {"ns", 1e-9};
}

// Four digits are more than any of this is worth.
double rounded(double value) {
  if (value == 0 || !std::isfinite(value)) return value;
  const double scale = std::pow(10.0, 3 - std::floor(std::log10(std::abs(value))));
  return std::round(value * scale) / scale;
}

double against_reference(const Row& row) {
  return row.ratios.empty() ? 1 : quartiles(row.ratios).median;
}

json roof_json(const Row& row, const Workload& workload, TimeUnit unit) {
  const bool as_rate = !workload.rate_unit.empty();
  return {{"name", row.name},
          {"value", rounded(as_rate ? workload.amount / *row.time : *row.time / unit.seconds)},
          {"unit", as_rate ? workload.rate_unit : unit.name}};
}

json row_json(const Row& row, const Measured& measured, TimeUnit unit, const Row* roof,
              const Noise& noise) {
  json out{{"name", row.name}, {"role", name(row.role)}, {"note", row.note}};
  if (!row.time) return out;
  out["time"] = rounded(*row.time / unit.seconds);
  out["time_unit"] = unit.name;
  out["seconds"] = rounded(*row.time);
  if (!measured.workload.rate_unit.empty()) {
    out["rate"] = rounded(measured.workload.amount / *row.time);
    out["rate_unit"] = measured.workload.rate_unit;
  }
  if (roof != nullptr) out["of_roof"] = rounded(against_reference(*roof) / against_reference(row));
  if (row.ratios.empty()) return out;
  const Quartiles q = quartiles(row.ratios);
  out["pairs"] = row.ratios.size();
  out["ratio"] = {{"median", rounded(q.median)}, {"q1", rounded(q.q1)}, {"q3", rounded(q.q3)}};
  out["verdict"] = verdict(q, row.ratios.size(), noise);
  return out;
}

// Three digits, and never an exponent: 0.461, 6.94, 12.5, 1,230.
std::string number(double value) {
  if (value < 999.5) {
    const int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3;
    return fmt::format("{:.{}f}", value, decimals);
  }
  std::string digits = fmt::format("{:.0f}", rounded(value));
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

// "1.14 slower", "1.30 faster", "level", or that it can't be said.
std::string comparison(const json& row) {
  const double median = row["ratio"]["median"], q1 = row["ratio"]["q1"], q3 = row["ratio"]["q3"];
  const std::string verdict = row["verdict"];
  std::string words = verdict;
  if (verdict == "slower") words = number(median) + " times slower";
  if (verdict == "faster") words = number(1 / median) + " times faster";
  // A speed-up is shown as one, and so are its quartiles.
  if (verdict == "faster") return fmt::format("{:<19} [{:.2f} .. {:.2f}]", words, 1 / q3, 1 / q1);
  return fmt::format("{:<19} [{:.2f} .. {:.2f}]", words, q1, q3);
}

void workload_table(std::string& out, const json& result) {
  out += fmt::format("{}, {} alternating pairs\n", result["workload"].get<std::string>(),
                     result["pairs"].get<std::size_t>());
  for (const json& roof : result["roofs"]) {
    out += fmt::format("roof: {}, {} {}\n", roof["name"].get<std::string>(), number(roof["value"]),
                       roof["unit"].get<std::string>());
  }
  std::size_t width = 9;
  std::string time_unit, rate_unit;
  for (const json& row : result["rows"]) {
    width = std::max(width, row["name"].get<std::string>().size());
    if (row.contains("time")) time_unit = row["time_unit"];
    if (row.contains("rate")) rate_unit = row["rate_unit"];
  }
  out += fmt::format("\n  {:<{}} {:>8} {:>9}  of roof   against {}\n", "", width, time_unit,
                     rate_unit, result["against"].get<std::string>());
  for (const json& row : result["rows"]) {
    out += fmt::format("  {:<{}}", row["name"].get<std::string>(), width);
    if (!row.contains("time")) {
      out += fmt::format(" {}\n", row["note"].get<std::string>());
      continue;
    }
    out += fmt::format(" {:>8} ", number(row["time"]));
    out += row.contains("rate") ? fmt::format("{:>9}", number(row["rate"])) : std::string(9, ' ');
    out += row.contains("of_roof") ? fmt::format(" {:>6.0f} %", 100 * row["of_roof"].get<double>())
                                   : std::string(9, ' ');
    if (row.contains("ratio")) out += "   " + comparison(row);
    out += "\n";
  }
  for (const json& row : result["rows"]) {
    const std::string note = row["note"];
    if (row.contains("time") && !note.empty()) {
      out += fmt::format("  {}: {}\n", row["name"].get<std::string>(), note);
    }
  }
  const double repeats = result["noise"]["between_repeats"], apart = result["noise"]["told_apart"];
  if (repeats > 0.5) {
    out += fmt::format("\nThe machine was too busy: the reference differs {}-fold from itself.\n",
                       number(1 + repeats));
    return;
  }
  const char* state = repeats < 0.05 ? "quiet" : repeats < 0.15 ? "unsteady" : "busy";
  out += fmt::format(
      "\nThe machine was {}: {:.1f} % between repeats. Under {:.0f} % nothing is told apart.\n",
      state, 100 * repeats, std::ceil(100 * apart));
}

}  // namespace

json to_json(const Measured& measured) {
  const TimeUnit unit = time_unit(measured.rows);
  const Noise noise = kit::bench::noise(measured.repeats, measured.workload.work);
  const Row* roof = nullptr;
  json roofs = json::array(), rows = json::array();
  std::size_t pairs = measured.repeats.size();
  std::vector<const Row*> by_speed;
  for (const Row& row : measured.rows) {
    if (row.role == Role::roof && row.time) by_speed.push_back(&row);
  }
  std::sort(by_speed.begin(), by_speed.end(),
            [](const Row* a, const Row* b) { return *a->time < *b->time; });
  for (const Row* row : by_speed) roofs.push_back(roof_json(*row, measured.workload, unit));
  if (!by_speed.empty()) roof = by_speed.front();
  for (const Row& row : measured.rows) {
    pairs = std::max(pairs, row.ratios.size());
    if (row.role != Role::roof) rows.push_back(row_json(row, measured, unit, roof, noise));
  }
  json out{{"workload", measured.workload.text},
           {"pairs", pairs},
           {"against", measured.against},
           {"roof", roofs.empty() ? json() : roofs[0]},
           {"roofs", roofs},
           {"rows", rows},
           {"noise",
            {{"between_repeats", rounded(noise.between_repeats)},
             {"told_apart", rounded(noise.told_apart)},
             {"kind", name(measured.workload.work)}}}};
  if (measured.workload.bytes > 0) {
    out["bytes"] = measured.workload.bytes;
    out["operations"] = measured.workload.operations;
    out["operation"] = measured.workload.operation;
  }
  if (measured.workload.message > 0) {
    out["message"] = measured.workload.message;
    if (roof != nullptr) out["roof_seconds"] = rounded(*roof->time);
  }
  return out;
}

std::string table(const json& result) {
  std::string out = result["exercise"].get<std::string>() + "   ";
  workload_table(out, result);
  for (const json& more : result["more"]) {
    out += "\n";
    workload_table(out, more);
  }
  out += "\n";
  for (const json& note : result["notes"]) out += note.get<std::string>() + "\n";
  for (const json& peer : result["missing_peers"]) {
    out += fmt::format("{} is not here: install {} to compare with it.\n",
                       peer["name"].get<std::string>(), peer["package"].get<std::string>());
  }
  return out;
}

}  // namespace kit::bench
