// rejected by: Cost.Memory
// Writes down every use of a set and walks back over them: a line is in if fewer than `ways` others
// were used since. Right, and it never forgets. A user sees each access take longer than the one
// before.
#include <algorithm>
#include <vector>

#include "simulator.hpp"

namespace kit {
namespace {

struct Use {
  std::uint64_t line;
  bool dirty;
};

}  // namespace

CacheStats simulate(Geometry geometry, std::span<const Access> accesses) {
  std::vector<std::vector<Use>> uses(geometry.sets);
  CacheStats stats;
  std::vector<std::uint64_t> others;
  for (const Access& access : accesses) {
    if (access.size == 0) continue;
    const std::uint64_t first = access.address / geometry.line;
    const std::uint64_t last = (access.address + (access.size - 1)) / geometry.line;
    for (std::uint64_t k = 0; k <= last - first; ++k) {
      const std::uint64_t line = first + k;
      auto& set = uses[line % geometry.sets];
      others.clear();
      bool hit = false, dirty = access.op == 'S', oldest_dirty = false;
      for (auto use = set.rbegin(); use != set.rend(); ++use) {
        if (use->line == line) {
          hit = true;
          dirty = dirty || use->dirty;
          break;
        }
        if (std::ranges::find(others, use->line) != others.end()) continue;
        others.push_back(use->line);
        oldest_dirty = use->dirty;
        if (others.size() == geometry.ways) break;
      }
      if (hit) {
        ++stats.hits;
      } else {
        ++stats.misses;
        if (others.size() == geometry.ways) {
          ++stats.evictions;
          stats.write_backs += oldest_dirty ? 1 : 0;
        }
      }
      set.push_back({line, dirty});
    }
  }
  return stats;
}

}  // namespace kit
