#include "roofs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>

#include "errors.hpp"
#include "submission.hpp"

namespace kit {

namespace {

using nlohmann::json;

std::filesystem::path roofs_file(const Workspace& workspace) {
  return workspace.state / "roofs.json";
}

Figure read_figure(const json& j) {
  return {j.at("value"), j.at("median"), j.at("worst")};
}

Roof read_roof(const json& j) {
  return {j.value("name", ""), j.value("level", ""), read_figure(j)};
}

// 193, 14.8, 1.44
std::string three_digits(double value) {
  return fmt::format("{:.{}f}", value, value >= 100 ? 0 : value >= 10 ? 1 : 2);
}

std::string size_words(double bytes) {
  return bytes >= 1 << 20 ? fmt::format("{:.0f} MiB", bytes / (1 << 20))
                          : fmt::format("{:.0f} KiB", bytes / 1024);
}

std::string level_words(const std::string& level) {
  return level == "memory" ? "memory" : "the " + level + " cache";
}

// How far the repeat in the middle was from the best one: 0.04.
double spread(const Figure& figure) {
  const double high = std::max(figure.value, figure.median);
  const double low = std::min(figure.value, figure.median);
  return low > 0 ? high / low - 1 : 0;
}

double largest_spread(const Roofs& roofs) {
  double largest = std::max(spread(roofs.clock), spread(roofs.branch_miss));
  for (const auto* kind : {&roofs.bandwidth, &roofs.latency, &roofs.peaks}) {
    for (const Roof& roof : *kind) largest = std::max(largest, spread(roof.figure));
  }
  return largest;
}

std::string level_row(const std::string& name, const std::vector<std::string>& cells,
                      const std::string& unit) {
  std::string row = "  " + pad(name, 23);
  for (const std::string& cell : cells) row += fmt::format("{:>10}", cell);
  return row + (unit.empty() ? "" : "   " + unit) + "\n";
}

// "float, AVX2" is the column AVX2 of the row float.
std::string peak_rows(const Roofs& roofs) {
  std::string text;
  for (const std::string number : {"float", "double"}) {
    text += "  " + pad(number, 9);
    for (const Roof& peak : roofs.peaks) {
      if (!peak.name.starts_with(number + ", ")) continue;
      text += fmt::format("{} {}   ", peak.name.substr(number.size() + 2),
                          three_digits(peak.figure.value));
    }
    text += "GFLOP/s\n";
  }
  return text;
}

const json* telling_row(const json& workload) {
  const json* found = nullptr;
  for (const json& row : workload.at("rows")) {
    if (!row.contains("seconds")) continue;
    if (row.value("role", "") == "yours") return &row;
    if (row.value("role", "") == "reference") found = &row;
  }
  return found;
}

std::string by_bytes(const Roofs& roofs, double bytes, double seconds, const std::string& whose) {
  const double rate = bytes / seconds / 1e9;
  const Roofs::Level* level = &roofs.levels.back();
  for (const Roofs::Level& one : roofs.levels) {
    // A level's size here is half of the cache's: both must fit.
    if (bytes <= 2 * one.bytes) {
      level = &one;
      break;
    }
  }
  const double read = roofs.bandwidth_of("read", level->name);
  if (read <= 0) return "";
  return fmt::format("On this machine's roofs: {} moves {} GB/s, {:.0f} % of a read from {} ({}).",
                     whose, three_digits(rate), 100 * rate / read, level_words(level->name),
                     three_digits(read));
}

std::string by_loads(const Roofs& roofs, double nanoseconds, const std::string& whose) {
  // The nearest level of which it is worth at least one load.
  for (auto level = roofs.levels.rbegin(); level != roofs.levels.rend(); ++level) {
    const double load = roofs.latency_of(level->name);
    if (load <= 0 || (nanoseconds < load && std::next(level) != roofs.levels.rend())) continue;
    return fmt::format(
        "On this machine's roofs: an operation of {} takes {} ns, as long as {} load{} from {} "
        "({} ns each).",
        whose, three_digits(nanoseconds), three_digits(nanoseconds / load),
        nanoseconds / load == 1 ? "" : "s", level_words(level->name), three_digits(load));
  }
  return "";
}

}  // namespace

double Roofs::bandwidth_of(const std::string& name, const std::string& level) const {
  for (const Roof& roof : bandwidth) {
    if (roof.name == name && roof.level == level) return roof.figure.value;
  }
  return 0;
}

double Roofs::latency_of(const std::string& level) const {
  for (const Roof& roof : latency) {
    if (roof.level == level) return roof.figure.value;
  }
  return 0;
}

Roofs read_roofs(const json& measured) {
  try {
    Roofs roofs;
    roofs.machine = measured.at("machine");
    roofs.taken = measured.value("taken", "");
    for (const json& level : measured.at("levels"))
      roofs.levels.push_back({level.at("name"), level.at("bytes")});
    if (roofs.levels.empty()) throw KitError("The roofs have no levels of memory.", "");
    for (const json& one : measured.at("bandwidth")) roofs.bandwidth.push_back(read_roof(one));
    for (const json& one : measured.at("latency")) roofs.latency.push_back(read_roof(one));
    for (const json& one : measured.at("peaks")) roofs.peaks.push_back(read_roof(one));
    roofs.clock = read_figure(measured.at("clock"));
    roofs.branch_miss = read_figure(measured.at("branch_miss"));
    roofs.strides = measured.at("mountain").at("strides").get<std::vector<double>>();
    for (const json& row : measured.at("mountain").at("rows")) {
      roofs.mountain.push_back({row.at("bytes"), row.at("values")});
      if (roofs.mountain.back().values.size() != roofs.strides.size())
        throw KitError("A row of the memory mountain isn't whole.", "");
    }
    return roofs;
  } catch (const json::exception& error) {
    throw KitError(fmt::format("The roofs can't be read: {}", error.what()),
                   "Measure them once more:   ./kit roofs --again");
  }
}

std::optional<Roofs> kept_roofs(const Workspace& workspace) {
  std::ifstream in(roofs_file(workspace));
  if (!in) return std::nullopt;
  const json kept = json::parse(in, nullptr, false);
  try {
    return read_roofs(kept);
  } catch (const KitError&) {
    return std::nullopt;
  }
}

void keep_roofs(const Workspace& workspace, const json& measured) {
  std::filesystem::create_directories(workspace.state);
  write_file(roofs_file(workspace), measured.dump(1));
}

std::string roofs_screen(const Roofs& roofs, const Terminal& terminal) {
  std::vector<std::string> names, sizes;
  for (const Roofs::Level& level : roofs.levels) {
    names.push_back(level.name);
    sizes.push_back(size_words(level.bytes));
  }
  std::string text =
      fmt::format("{}, measured {}\n\n", terminal.strong(roofs.machine), roofs.taken);
  text += terminal.quiet(level_row("one core", names, "") + level_row("", sizes, "")) + "\n";
  for (const std::string name :
       {"read", "write", "copy", "write past the caches", "copy past the caches"}) {
    std::vector<std::string> cells;
    for (const Roofs::Level& level : roofs.levels)
      cells.push_back(three_digits(roofs.bandwidth_of(name, level.name)));
    if (roofs.bandwidth_of(name, roofs.levels.back().name) > 0)
      text += level_row(name, cells, "GB/s");
  }
  std::vector<std::string> loads;
  for (const Roofs::Level& level : roofs.levels)
    loads.push_back(three_digits(roofs.latency_of(level.name)));
  text += level_row("a load, then the next", loads, "ns") + "\n" + peak_rows(roofs);
  text += fmt::format("\n  A branch foreseen wrongly costs {} ns: {:.0f} cycles at {:.2f} GHz.\n",
                      three_digits(roofs.branch_miss.value),
                      roofs.branch_miss.value * roofs.clock.value, roofs.clock.value);
  const double apart = largest_spread(roofs);
  const std::string spread_words = fmt::format(
      "Each is the best of some repeats; the middle one was within {:.0f} % of it.", 100 * apart);
  text += "  " +
          (apart > 0.5 ? terminal.attention(spread_words +
                                            "\n  The machine was busy: measure again when it is "
                                            "quiet, ./kit roofs --again")
                       : terminal.quiet(spread_words)) +
          "\n";
  return text;
}

std::string on_the_roofs(const Roofs& roofs, const json& workload) {
  const json* row = telling_row(workload);
  if (row == nullptr) return "";
  const double seconds = row->value("seconds", 0.0);
  if (seconds <= 0) return "";
  const std::string whose = row->value("role", "") == "yours" ? "yours" : "the reference";
  if (const double bytes = workload.value("bytes", 0.0); bytes > 0)
    return by_bytes(roofs, bytes, seconds, whose);
  // "Mop/s" and its like: a rate of things done one after the other.
  const std::string unit = row->value("rate_unit", "");
  if (unit.starts_with("M") && row->value("rate", 0.0) > 0)
    return by_loads(roofs, 1e3 / row->value("rate", 1.0), whose);
  return "";
}

}  // namespace kit
