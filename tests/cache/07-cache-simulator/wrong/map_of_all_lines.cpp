// rejected by: Cost.InstructionsAnAccess, Cost.Memory
// Keeps the last use of every line ever seen in a std::map, and looks for the oldest of a set among
// those that are in. Right, and it grows with the trace. A user sees a long trace end for lack of
// memory.
#include <map>
#include <vector>

#include "simulator.hpp"

namespace kit {
namespace {

struct Seen {
  std::uint64_t last_use = 0;
  bool in = false, dirty = false;
};

}  // namespace

CacheStats simulate(Geometry geometry, std::span<const Access> accesses) {
  std::map<std::uint64_t, Seen> lines;
  std::vector<std::vector<std::uint64_t>> sets(geometry.sets);
  CacheStats stats;
  std::uint64_t now = 0;
  for (const Access& access : accesses) {
    if (access.size == 0) continue;
    const std::uint64_t first = access.address / geometry.line;
    const std::uint64_t last = (access.address + (access.size - 1)) / geometry.line;
    for (std::uint64_t k = 0; k <= last - first; ++k) {
      const std::uint64_t number = first + k;
      Seen& line = lines[number];
      line.last_use = ++now;
      if (line.in) {
        ++stats.hits;
      } else {
        ++stats.misses;
        auto& set = sets[number % geometry.sets];
        if (set.size() == geometry.ways) {
          std::size_t oldest = 0;
          for (std::size_t i = 1; i < set.size(); ++i) {
            if (lines[set[i]].last_use < lines[set[oldest]].last_use) oldest = i;
          }
          Seen& leaves = lines[set[oldest]];
          ++stats.evictions;
          stats.write_backs += leaves.dirty ? 1 : 0;
          leaves.in = leaves.dirty = false;
          set[oldest] = number;
        } else {
          set.push_back(number);
        }
        line.in = true;
      }
      line.dirty = line.dirty || access.op == 'S';
    }
  }
  return stats;
}

}  // namespace kit
