// cache/07-cache-simulator: 200,000 accesses to a cache of 32 KiB and 8 ways; seven of eight go on
// from where the last one was, as a program's do. The roof reads the trace.
#include <benchmark/benchmark.h>

#include <list>
#include <memory>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"
#include "bench/roofs/memory.hpp"
#include "simulator.hpp"

namespace {

using namespace kit::bench;
using kit::Access;
using kit::CacheStats;
using kit::Geometry;

constexpr std::size_t kAccesses = 200'000;
constexpr Geometry kL1{64, 8, 64};
using Simulate = void(const Geometry*, const Access*, std::size_t, CacheStats*);

struct Held {
  std::uint64_t line;
  bool dirty;
};

template <class Touch>
void each_line(const Geometry& g, const Access* accesses, std::size_t count, Touch touch) {
  for (const Access* a = accesses; a != accesses + count; ++a) {
    if (a->size == 0) continue;
    const std::uint64_t first = a->address / g.line;
    const std::uint64_t last = (a->address + (a->size - 1)) / g.line;
    for (std::uint64_t k = 0; k <= last - first; ++k) touch(first + k, a->op == 'S');
  }
}

void leaves(CacheStats& stats, const Held& held) {
  ++stats.evictions;
  stats.write_backs += held.dirty ? 1 : 0;
}

// A list for each set, searched from the front.
void a_list(const Geometry* g, const Access* accesses, std::size_t count, CacheStats* stats) {
  std::vector<std::list<Held>> sets(g->sets);
  *stats = {};
  each_line(*g, accesses, count, [&](std::uint64_t line, bool store) {
    auto& set = sets[line % g->sets];
    for (auto each = set.begin(); each != set.end(); ++each) {
      if (each->line != line) continue;
      ++stats->hits;
      each->dirty = each->dirty || store;
      set.splice(set.begin(), set, each);
      return;
    }
    ++stats->misses;
    set.push_front({line, store});
    if (set.size() > g->ways) {
      leaves(*stats, set.back());
      set.pop_back();
    }
  });
}

// The library's parts for a cache with LRU: a list and a map into it.
void list_and_map(const Geometry* g, const Access* accesses, std::size_t count, CacheStats* stats) {
  struct Set {
    std::list<Held> order;
    std::unordered_map<std::uint64_t, std::list<Held>::iterator> places;
  };
  std::vector<Set> sets(g->sets);
  *stats = {};
  each_line(*g, accesses, count, [&](std::uint64_t line, bool store) {
    Set& set = sets[line % g->sets];
    if (const auto found = set.places.find(line); found != set.places.end()) {
      ++stats->hits;
      found->second->dirty = found->second->dirty || store;
      set.order.splice(set.order.begin(), set.order, found->second);
      return;
    }
    ++stats->misses;
    set.order.push_front({line, store});
    set.places.emplace(line, set.order.begin());
    if (set.order.size() > g->ways) {
      leaves(*stats, set.order.back());
      set.places.erase(set.order.back().line);
      set.order.pop_back();
    }
  });
}

std::shared_ptr<const std::vector<Access>> trace() {
  auto made = std::make_shared<std::vector<Access>>(kAccesses);
  std::mt19937_64 random(20260101);
  std::uint64_t at = 0;
  for (Access& each : *made) {
    at = random() % 8 != 0 ? at + 8 : 8 * (random() % 32'768);
    each = {random() % 3 == 0 ? 'S' : 'L', at, 8};
  }
  return made;
}

Contestant contestant(const std::string& name, Role role, Simulate* simulate,
                      std::shared_ptr<const std::vector<Access>> accesses) {
  const auto run = [=] {
    CacheStats stats;
    simulate(&kL1, accesses->data(), accesses->size(), &stats);
    benchmark::DoNotOptimize(stats);
    return stats;
  };
  Contestant made{name, role, {}, timed([run] { run(); })};
  made.check = [=] {
    CacheStats right;
    a_list(&kL1, accesses->data(), accesses->size(), &right);
    return run() == right ? std::string() : std::string("its counts are wrong");
  };
  return made;
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {
      {0, 1, [] {
         const auto accesses = trace();
         Workload work;
         work.text = "200,000 accesses, 64 sets of 8 ways";
         work.amount = static_cast<double>(kAccesses) / 1e6;
         work.rate_unit = "Maccess/s";
         work.bytes = static_cast<double>(kAccesses * sizeof(Access));
         work.operations = static_cast<double>(kAccesses);
         work.operation = "simulated access";
         work.work = Work::cache;
         work.contestants.push_back(contestant("a list a set", Role::baseline, a_list, accesses));
         for (Contestant& candidate : candidates([&](const Candidate& c) {
                return contestant("", c.role(), c.function<Simulate>("candidate_simulate"),
                                  accesses);
              })) {
           work.contestants.push_back(std::move(candidate));
         }
         work.contestants.push_back(
             contestant("std::list + unordered_map", Role::peer, list_and_map, accesses));
         work.contestants.push_back({"a read of the trace", Role::roof, {}, timed([accesses] {
                                       benchmark::DoNotOptimize(kit::roofs::read(
                                           reinterpret_cast<const std::byte*>(accesses->data()),
                                           accesses->size() * sizeof(Access) / 64 * 64));
                                     })});
         return std::vector<Workload>{std::move(work)};
       }}};
  bench.notes = {
      "The library has no cache with LRU: the peer is its list and its map, put together."};
  return run(bench, argc, argv);
}
