// rejected by: Robust.AddressesNear2To64
// Walks while the byte is below the end, and the end of the last access is 2^64, which is 0. A user
// sees accesses to the top of memory count as nothing.
#include "simulator.hpp"

#include <algorithm>
#include <vector>

namespace kit {
namespace {

struct Line {
  std::uint64_t number = 0;
  bool valid = false;
  bool dirty = false;
};

class Cache {
 public:
  explicit Cache(Geometry g) : geometry_(g), lines_(g.sets * g.ways) {}

  void touch(std::uint64_t number, bool store) {
    const std::span set =
        std::span(lines_).subspan(number % geometry_.sets * geometry_.ways, geometry_.ways);
    const auto found = std::ranges::find_if(
        set, [number](const Line& line) { return line.valid && line.number == number; });
    Line used{number, true, store};
    if (found != set.end()) {
      ++stats_.hits;
      used.dirty = found->dirty || store;
      std::move_backward(set.begin(), found, found + 1);
    } else {
      ++stats_.misses;
      stats_.evictions += set.back().valid ? 1 : 0;
      stats_.write_backs += set.back().dirty ? 1 : 0;
      std::move_backward(set.begin(), set.end() - 1, set.end());
    }
    set.front() = used;
  }

  const CacheStats& stats() const { return stats_; }

 private:
  Geometry geometry_;
  std::vector<Line> lines_;  // set after set
  CacheStats stats_;
};

}  // namespace

CacheStats simulate(Geometry geometry, std::span<const Access> accesses) {
  Cache cache(geometry);
  for (const Access& access : accesses) {
    if (access.size == 0) continue;
    const std::uint64_t first = access.address / geometry.line;
    const std::uint64_t end = access.address + access.size;
    for (std::uint64_t line = first; line * geometry.line < end; ++line) {
      cache.touch(line, access.op == 'S');
    }
  }
  return cache.stats();
}

}  // namespace kit
