// complexity/01-binary-search: 1,000 random keys looked for one after the other in sorted numbers that
// fit the first cache, the last one, and none. The roof takes one load a search, from a random line of
// as much memory, each waiting for the one before: the last line that a search looks at is as far.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <memory>
#include <random>
#include <vector>

#include "bench/complexity/01-binary-search/searching.hpp"
#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"
#include "bench/roofs/memory.hpp"

namespace {

using namespace kit::bench;

constexpr std::size_t kKeys = 1'000;           // of one run
constexpr std::size_t kAllKeys = 256 * kKeys;  // run after run, so that no path is known by heart

struct Input {
  std::vector<std::uint64_t> sorted, keys;
};

std::shared_ptr<const Input> random_input(std::size_t size) {
  auto input = std::make_shared<Input>();
  std::mt19937_64 random(20260101);
  input->sorted.resize(size);
  for (std::uint64_t& each : input->sorted) each = random();
  std::sort(input->sorted.begin(), input->sorted.end());
  input->keys.resize(kAllKeys);
  for (std::uint64_t& each : input->keys) each = random();
  return input;
}

// Two questions a step, and it may end early.
std::uint64_t three_way(const std::uint64_t* sorted, std::size_t size, const std::uint64_t* keys,
                        std::size_t count) {
  return search_all({sorted, size}, {keys, count}, [](const Numbers& s, std::uint64_t key) {
    std::uint64_t low = 0, high = s.size();
    while (low < high) {
      const std::uint64_t middle = low + (high - low) / 2;
      if (s[middle] < key) {
        low = middle + 1;
      } else if (key < s[middle]) {
        high = middle;
      } else {
        return middle;
      }
    }
    return low;
  });
}

std::uint64_t library(const std::uint64_t* sorted, std::size_t size, const std::uint64_t* keys,
                      std::size_t count) {
  return search_all({sorted, size}, {keys, count}, [=](const Numbers&, std::uint64_t key) {
    return static_cast<std::uint64_t>(std::lower_bound(sorted, sorted + size, key) - sorted);
  });
}

Contestant searching(const std::string& name, Role role, Searching search,
                     const std::shared_ptr<const Input>& input) {
  const auto run = [=](std::size_t first) {
    return search(input->sorted.data(), input->sorted.size(), input->keys.data() + first, kKeys);
  };
  auto next = std::make_shared<std::size_t>(0);
  Contestant made{name, role, {}, timed([run, next] {
                    const std::uint64_t sum = run(*next);
                    *next = (*next + kKeys) % kAllKeys;
                    benchmark::DoNotOptimize(sum);
                  })};
  made.check = [run, input] {
    const std::uint64_t right =
        library(input->sorted.data(), input->sorted.size(), input->keys.data(), kKeys);
    return run(0) == right ? std::string() : std::string("its indices are wrong");
  };
  return made;
}

Contestant one_load_a_search(std::size_t size) {
  auto chase = std::make_shared<kit::roofs::Chase>(size * sizeof(std::uint64_t));
  return {"one load a search", Role::roof, {}, timed([chase] {
            const std::uint32_t place = chase->follow(kKeys);
            benchmark::DoNotOptimize(place);
          })};
}

Workload workload(const std::string& text, std::size_t size) {
  const auto input = random_input(size);
  Workload work;
  work.text = text;
  work.amount = static_cast<double>(kKeys) / 1e6;
  work.rate_unit = "Msearch/s";
  work.work = Work::memory;
  work.contestants.push_back(searching("three-way", Role::baseline, three_way, input));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return searching(
             "", c.role(),
             c.function<std::uint64_t(const std::uint64_t*, std::size_t, const std::uint64_t*,
                                      std::size_t)>("candidate_search"),
             input);
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(searching("std::lower_bound", Role::peer, library, input));
  work.contestants.push_back(one_load_a_search(size));
  return work;
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{0, 1, [] {
                    return std::vector<Workload>{
                        workload("1,000 searches among 2^12 numbers", std::size_t{1} << 12),
                        workload("1,000 searches among 10^6 numbers", 1'000'000),
                        workload("1,000 searches among 10^7 numbers", 10'000'000)};
                  }}};
  return run(bench, argc, argv);
}
