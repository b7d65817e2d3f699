#include "lens/cache/callgrind_file.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <map>
#include <sstream>
#include <string_view>

#include "harness/source_line.hpp"

namespace kit::lens {
namespace {

constexpr std::array<std::string_view, 9> kNames = {"Ir",   "Dr",   "Dw",  "D1mr", "D1mw",
                                                    "DLmr", "DLmw", "Bc+", "Bm+"};
enum Event { kIr, kDr, kDw, kD1mr, kD1mw, kDLmr, kDLmw, kBranches, kMispredicted };
using Costs = std::array<std::int64_t, kNames.size()>;

// For each column of the file, which of our events it adds to; -1 for those we don't keep.
std::vector<int> read_events(std::istringstream words) {
  std::vector<int> columns;
  for (std::string name; words >> name;) {
    if (name == "Bc" || name == "Bi") name = "Bc+";
    if (name == "Bcm" || name == "Bim") name = "Bm+";
    const auto at = std::find(kNames.begin(), kNames.end(), name);
    columns.push_back(at == kNames.end() ? -1 : static_cast<int>(at - kNames.begin()));
  }
  return columns;
}

// Trailing zeros are left out of the file.
Costs read_costs(std::istringstream& words, const std::vector<int>& columns) {
  Costs costs{};
  std::size_t column = 0;
  for (std::int64_t cost = 0; column < columns.size() && words >> cost; ++column) {
    if (columns[column] >= 0) costs[static_cast<std::size_t>(columns[column])] += cost;
  }
  return costs;
}

bool is_position(std::string_view line, std::string_view& file) {
  for (const std::string_view key : {"fl=", "fi=", "fe="}) {
    if (line.starts_with(key)) {
      file = line.substr(key.size());
      return true;
    }
  }
  return false;
}

}  // namespace

CallgrindFile read_callgrind(std::istream& in) {
  constexpr std::string_view kTrigger = "desc: Trigger: Client Request: ";
  CallgrindFile result;
  std::vector<int> columns;
  std::map<std::pair<std::string, int>, LineCost> lines;
  std::map<std::string, bool, std::less<>> submission;  // asked once a file
  std::string file;
  bool of_submission = false;
  for (std::string line; std::getline(in, line);) {
    std::string_view named;
    if (line.starts_with(kTrigger)) {
      result.trigger = line.substr(kTrigger.size());
    } else if (line.starts_with("events:")) {
      columns = read_events(std::istringstream(line.substr(7)));
    } else if (line.starts_with("totals:")) {
      std::istringstream words(line.substr(7));
      const Costs all = read_costs(words, columns);
      CacheCounts& c = result.counts;
      c.instructions = all[kIr];
      c.reads = all[kDr];
      c.writes = all[kDw];
      c.read_misses = all[kD1mr];
      c.write_misses = all[kD1mw];
      c.last_level_misses = all[kDLmr] + all[kDLmw];
      c.branches = all[kBranches];
      c.mispredictions = all[kMispredicted];
      result.complete = !columns.empty();
    } else if (is_position(line, named)) {
      const auto known = submission.find(named);
      file = named;
      of_submission = known != submission.end()
                          ? known->second
                          : (submission[file] = harness::is_submission_file(file));
    } else if (line.starts_with("calls=")) {
      std::getline(in, line);
    } else if (!file.empty() && !line.empty() &&
               std::isdigit(static_cast<unsigned char>(line[0]))) {
      std::istringstream words(line);
      int number = 0;
      words >> number;
      const Costs costs = read_costs(words, columns);
      LineCost& cost = lines[{file, number}];
      cost.file = std::filesystem::path(file).filename().string();
      cost.line = number;
      cost.of_submission = of_submission;
      cost.read_misses += costs[kD1mr];
      cost.write_misses += costs[kD1mw];
    }
  }
  for (auto& [at, cost] : lines) result.counts.lines.push_back(std::move(cost));
  return result;
}

std::optional<LineCost> CacheCounts::worst_line(std::int64_t LineCost::*what) const {
  const auto most =
      std::max_element(lines.begin(), lines.end(),
                       [what](const LineCost& a, const LineCost& b) { return a.*what < b.*what; });
  if (most == lines.end() || !most->of_submission || most->line == 0 || *most.*what == 0) {
    return std::nullopt;
  }
  return *most;
}

}  // namespace kit::lens
