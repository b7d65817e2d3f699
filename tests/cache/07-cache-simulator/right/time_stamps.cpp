// A clock: each line has the time of its last use, and the one with the smallest leaves. Nothing is
// moved; a place that was never used has the time 0.
#include <vector>

#include "simulator.hpp"

namespace kit {
namespace {

struct Place {
  std::uint64_t line = 0, last_use = 0;
  bool dirty = false;
};

}  // namespace

CacheStats simulate(Geometry geometry, std::span<const Access> accesses) {
  std::vector<Place> places(geometry.sets * geometry.ways);
  CacheStats stats;
  std::uint64_t now = 0;
  for (const Access& access : accesses) {
    const bool store = access.op == 'S';
    std::uint64_t line = access.address / geometry.line;
    std::uint64_t in_line = access.address % geometry.line;
    for (std::uint64_t left = access.size; left > 0; ++line) {
      const std::uint64_t here = left < geometry.line - in_line ? left : geometry.line - in_line;
      left -= here;
      in_line = 0;
      Place* const set = &places[line % geometry.sets * geometry.ways];
      Place* chosen = set;
      bool hit = false;
      for (Place* each = set; each != set + geometry.ways && !hit; ++each) {
        hit = each->last_use != 0 && each->line == line;
        if (hit || each->last_use < chosen->last_use) chosen = each;
      }
      if (hit) {
        ++stats.hits;
        chosen->dirty = chosen->dirty || store;
      } else {
        ++stats.misses;
        stats.evictions += chosen->last_use != 0 ? 1 : 0;
        stats.write_backs += chosen->dirty ? 1 : 0;
        chosen->line = line;
        chosen->dirty = store;
      }
      chosen->last_use = ++now;
    }
  }
  return stats;
}

}  // namespace kit
