// Each set is a ring of places linked by their numbers, the one used last at its head; the one
// before the head is the oldest, so that a miss only turns the ring by one.
#include <cstdint>
#include <vector>

#include "simulator.hpp"

namespace kit {
namespace {

struct Place {
  std::uint64_t line = 0;
  std::uint32_t next = 0, previous = 0;
  bool valid = false, dirty = false;
};

class Ring {
 public:
  explicit Ring(std::size_t ways) : places_(ways) {
    for (std::size_t i = 0; i < ways; ++i) {
      places_[i].next = static_cast<std::uint32_t>((i + 1) % ways);
      places_[i].previous = static_cast<std::uint32_t>((i + ways - 1) % ways);
    }
  }

  void touch(std::uint64_t line, bool store, CacheStats& stats) {
    std::uint32_t at = head_;
    for (std::size_t seen = 0; seen < places_.size() && places_[at].valid; ++seen) {
      if (places_[at].line == line) {
        ++stats.hits;
        places_[at].dirty = places_[at].dirty || store;
        bring_to_the_head(at);
        return;
      }
      at = places_[at].next;
    }
    ++stats.misses;
    head_ = places_[head_].previous;
    Place& oldest = places_[head_];
    stats.evictions += oldest.valid ? 1 : 0;
    stats.write_backs += oldest.valid && oldest.dirty ? 1 : 0;
    oldest.line = line;
    oldest.valid = true;
    oldest.dirty = store;
  }

 private:
  void bring_to_the_head(std::uint32_t at) {
    if (at == head_) return;
    Place& place = places_[at];
    places_[place.previous].next = place.next;
    places_[place.next].previous = place.previous;
    place.next = head_;
    place.previous = places_[head_].previous;
    places_[place.previous].next = at;
    places_[head_].previous = at;
    head_ = at;
  }

  std::vector<Place> places_;
  std::uint32_t head_ = 0;
};

}  // namespace

CacheStats simulate(Geometry geometry, std::span<const Access> accesses) {
  std::vector<Ring> sets(geometry.sets, Ring(geometry.ways));
  CacheStats stats;
  for (const auto& [op, address, size] : accesses) {
    if (size == 0) continue;
    const std::uint64_t lines = (address % geometry.line + size - 1) / geometry.line + 1;
    for (std::uint64_t k = 0; k < lines; ++k) {
      const std::uint64_t line = address / geometry.line + k;
      sets[line % geometry.sets].touch(line, op == 'S', stats);
    }
  }
  return stats;
}

}  // namespace kit
