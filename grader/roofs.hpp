// The machine's own limits as bench/roofs measured them, kept in .kit/roofs.json: shown by `kit roofs`,
// and what `kit bench` and the report put their results on.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "terminal.hpp"
#include "workspace.hpp"

namespace kit {

/// The best of some repeats, the one in the middle, and the worst.
struct Figure {
  double value = 0, median = 0, worst = 0;
};

struct Roof {
  std::string name;   // "copy", "float, AVX2"; empty for a latency
  std::string level;  // "L1" to "memory"; empty for a peak
  Figure figure;
};

struct Roofs {
  struct Level {
    std::string name;
    double bytes = 0;
  };
  struct Slope {  // one size of the memory mountain
    double bytes = 0;
    std::vector<double> values;  // GB/s, one a stride
  };
  std::string machine, taken;  // "AMD EPYC 9R14, 2 cores", "2026-11-24"
  std::vector<Level> levels;
  std::vector<Roof> bandwidth;  // GB/s; of a copy both sides count
  std::vector<Roof> latency;    // ns
  std::vector<Roof> peaks;      // GFLOP/s of one core
  Figure clock, branch_miss;    // GHz, ns
  std::vector<double> strides;
  std::vector<Slope> mountain;

  /// GB/s or ns; 0 if it wasn't measured.
  double bandwidth_of(const std::string& name, const std::string& level) const;
  double latency_of(const std::string& level) const;
};

/// THROWS: KitError if `measured` isn't what kit_roofs writes.
Roofs read_roofs(const nlohmann::json& measured);

/// What `kit roofs` kept on this machine; nothing if it never ran, or if its file can't be read.
std::optional<Roofs> kept_roofs(const Workspace& workspace);
void keep_roofs(const Workspace& workspace, const nlohmann::json& measured);

/// The table, at most 80 columns.
std::string roofs_screen(const Roofs& roofs, const Terminal& terminal);

/// Where yours (without it the reference) stands on the roofs, in a sentence: by the bytes that each run of this
/// workload must move, else by how many loads one operation is worth. Empty where neither has a meaning.
std::string on_the_roofs(const Roofs& roofs, const nlohmann::json& workload);

}  // namespace kit
