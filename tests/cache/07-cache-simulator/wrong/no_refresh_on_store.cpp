// rejected by: Correct.EqualsTheModel
// Only loads count as use: a store that hits leaves the order as it is. A user sees counts that are
// a few percent off where results are written to where they were read.
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
      if (store) {
        found->dirty = true;
        return;
      }
      used.dirty = found->dirty;
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
    // The last byte, not the one behind it: that may be 2^64.
    const std::uint64_t last = (access.address + (access.size - 1)) / geometry.line;
    // Counted rather than compared: last may be the largest number there is.
    for (std::uint64_t k = 0; k <= last - first; ++k) cache.touch(first + k, access.op == 'S');
  }
  return cache.stats();
}

}  // namespace kit
