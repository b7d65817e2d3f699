// A list in the order of use and a hash map into it for each set: each access takes the same time,
// however many ways there are.
#include <list>
#include <unordered_map>
#include <vector>

#include "simulator.hpp"

namespace kit {
namespace {

struct Held {
  std::uint64_t line;
  bool dirty;
};

struct Set {
  std::list<Held> order;
  std::unordered_map<std::uint64_t, std::list<Held>::iterator> places;
};

}  // namespace

CacheStats simulate(Geometry geometry, std::span<const Access> accesses) {
  std::vector<Set> sets(geometry.sets);
  CacheStats stats;
  const auto touch = [&](std::uint64_t line, bool store) {
    Set& set = sets[line % geometry.sets];
    const auto found = set.places.find(line);
    if (found != set.places.end()) {
      ++stats.hits;
      set.order.splice(set.order.begin(), set.order, found->second);
      found->second->dirty = found->second->dirty || store;
      return;
    }
    ++stats.misses;
    if (set.order.size() < geometry.ways) {
      set.order.push_front({line, store});
      set.places.emplace(line, set.order.begin());
      return;
    }
    // The node of the line that leaves serves for the one that comes.
    const auto leaves = std::prev(set.order.end());
    ++stats.evictions;
    stats.write_backs += leaves->dirty ? 1 : 0;
    auto node = set.places.extract(leaves->line);
    *leaves = {line, store};
    node.key() = line;
    set.places.insert(std::move(node));
    set.order.splice(set.order.begin(), set.order, leaves);
  };
  for (const Access& access : accesses) {
    if (access.size == 0) continue;
    const std::uint64_t last = (access.address + (access.size - 1)) / geometry.line;
    std::uint64_t line = access.address / geometry.line;
    touch(line, access.op == 'S');
    while (line != last) touch(++line, access.op == 'S');
  }
  return stats;
}

}  // namespace kit
