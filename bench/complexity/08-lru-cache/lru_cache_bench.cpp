// complexity/08-lru-cache: numbers asked for, and put where they are missing, in a warm cache of
// 65,536 entries and in one of 1,024. Small numbers are asked for more often. The roof takes one
// load an operation, from a random line of as much memory as the entries need, each waiting for
// the one before.
#include <benchmark/benchmark.h>

#include <cmath>
#include <list>
#include <memory>
#include <random>
#include <unordered_map>
#include <vector>

#include "bench/complexity/08-lru-cache/caching.hpp"
#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"
#include "bench/roofs/memory.hpp"

namespace {

using namespace kit::bench;

constexpr std::size_t kOperations = 100'000;        // of one run
constexpr std::size_t kAllKeys = 16 * kOperations;  // run after run

// The answer of most interviews: std::list and std::unordered_map. With Reuse the nodes that
// leave are used for those that come; without it they are freed and made anew.
template <bool Reuse>
class ListAndMap {
 public:
  explicit ListAndMap(std::size_t capacity) : capacity_(capacity) { places_.reserve(capacity + 1); }

  const std::uint64_t* get(std::uint64_t key) {
    const auto found = places_.find(key);
    if (found == places_.end()) return nullptr;
    order_.splice(order_.begin(), order_, found->second);
    return &found->second->second;
  }
  // Of a key that is not there.
  void put(std::uint64_t key, std::uint64_t value) {
    if (!Reuse || order_.size() < capacity_) {
      order_.emplace_front(key, value);
      places_.emplace(key, order_.begin());
      if (order_.size() <= capacity_) return;
      places_.erase(order_.back().first);
      order_.pop_back();
      return;
    }
    const auto oldest = std::prev(order_.end());
    auto node = places_.extract(oldest->first);
    *oldest = {key, value};
    node.key() = key;
    places_.insert(std::move(node));
    order_.splice(order_.begin(), order_, oldest);
  }

 private:
  using Order = std::list<std::pair<std::uint64_t, std::uint64_t>>;
  std::size_t capacity_;
  Order order_;
  std::unordered_map<std::uint64_t, Order::iterator> places_;
};

// Twice the capacity would be asked for evenly; the cube of an even number prefers the small.
std::shared_ptr<const std::vector<std::uint64_t>> skewed_keys(std::size_t capacity) {
  auto keys = std::make_shared<std::vector<std::uint64_t>>(kAllKeys);
  std::mt19937_64 random(20260101);
  std::uniform_real_distribution<double> even(0, 1);
  for (std::uint64_t& each : *keys)
    each =
        static_cast<std::uint64_t>(static_cast<double>(16 * capacity) * std::pow(even(random), 3));
  return keys;
}

Contestant asking(const std::string& name, Role role, Caching how, std::size_t capacity,
                  const std::shared_ptr<const std::vector<std::uint64_t>>& keys) {
  const std::shared_ptr<void> cache(how.make(capacity), how.end);
  auto next = std::make_shared<std::size_t>(0);
  Contestant made{name, role, {}, timed([=] {
                    const std::uint64_t hits =
                        how.ask(cache.get(), keys->data() + *next, kOperations);
                    *next = (*next + kOperations) % kAllKeys;
                    benchmark::DoNotOptimize(hits);
                  })};
  made.check = [=] {
    const Caching right = caching<ListAndMap<true>>();
    const std::shared_ptr<void> fresh(how.make(capacity), how.end);
    const std::shared_ptr<void> model(right.make(capacity), right.end);
    const std::size_t count = 4 * kOperations;
    return how.ask(fresh.get(), keys->data(), count) == right.ask(model.get(), keys->data(), count)
               ? std::string()
               : std::string("its hits are not those of a cache that evicts the oldest");
  };
  return made;
}

Contestant one_load(std::size_t capacity) {
  auto chase = std::make_shared<kit::roofs::Chase>(capacity * 32);
  return {"one load an operation", Role::roof, {}, timed([chase] {
            const std::uint32_t place = chase->follow(kOperations);
            benchmark::DoNotOptimize(place);
          })};
}

Workload workload(const std::string& text, std::size_t capacity) {
  const auto keys = skewed_keys(capacity);
  Workload work;
  work.text = text;
  work.amount = static_cast<double>(kOperations) / 1e6;
  work.rate_unit = "Mop/s";
  work.work = Work::memory;
  work.contestants.push_back(asking("list and map, new nodes", Role::baseline,
                                    caching<ListAndMap<false>>(), capacity, keys));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return asking("", c.role(), *c.function<const Caching*()>("candidate_caching")(), capacity,
                       keys);
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(
      asking("std::list + unordered_map", Role::peer, caching<ListAndMap<true>>(), capacity, keys));
  work.contestants.push_back(one_load(capacity));
  return work;
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{0, 1, [] {
                    return std::vector<Workload>{
                        workload("100,000 get-or-put, capacity 1,024", 1'024),
                        workload("100,000 get-or-put, capacity 65,536", 65'536)};
                  }}};
  bench.notes = {"The library has no LRU cache: the peer is its list and its map, put together."};
  return run(bench, argc, argv);
}
