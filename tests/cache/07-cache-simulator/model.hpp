// The model: a list for each set, the line used last in front. As plain as can be; it has nothing
// in common with any answer but the contract.
#pragma once

#include <algorithm>
#include <list>
#include <vector>

#include "simulator.hpp"

namespace kit::tests {

inline CacheStats model(Geometry g, std::span<const Access> accesses) {
  struct Held {
    std::uint64_t line;
    bool dirty;
  };
  std::vector<std::list<Held>> sets(g.sets);
  CacheStats stats;
  for (const Access& access : accesses) {
    for (std::uint64_t line = access.address / g.line, left = access.size, at = access.address;
         left > 0; ++line) {
      const std::uint64_t here = std::min<std::uint64_t>(left, g.line - at % g.line);
      left -= here;
      at += here;
      std::list<Held>& set = sets[line % g.sets];
      bool dirty = access.op == 'S';
      bool hit = false;
      for (auto each = set.begin(); each != set.end(); ++each) {
        if (each->line != line) continue;
        hit = true;
        dirty = dirty || each->dirty;
        set.erase(each);
        break;
      }
      (hit ? stats.hits : stats.misses) += 1;
      set.push_front({line, dirty});
      if (set.size() > g.ways) {
        ++stats.evictions;
        stats.write_backs += set.back().dirty ? 1 : 0;
        set.pop_back();
      }
    }
  }
  return stats;
}

}  // namespace kit::tests
