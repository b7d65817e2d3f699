// complexity/09-union-find: n random links among n machines, construction included; in the second
// cache, and in none. The roof takes one load a link, from a random line of as much memory as the
// parents need, each waiting for the one before: the two ends of a link can be fetched side by
// side, and its first machine's parent is the least that has to be read.
#include <benchmark/benchmark.h>

#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "bench/complexity/09-union-find/joining.hpp"
#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"
#include "bench/roofs/memory.hpp"

#ifdef KIT_BENCH_BOOST
#include <boost/pending/disjoint_sets.hpp>
#endif

namespace {

using namespace kit::bench;

// Union by size, and a plain walk.
class BySizeAlone {
 public:
  explicit BySizeAlone(std::size_t n) : parents_(n), sizes_(n, 1) {
    for (std::size_t i = 0; i < n; ++i) parents_[i] = static_cast<std::uint32_t>(i);
  }
  bool unite(std::uint32_t x, std::uint32_t y) {
    while (parents_[x] != x) x = parents_[x];
    while (parents_[y] != y) y = parents_[y];
    if (x == y) return false;
    if (sizes_[x] < sizes_[y]) std::swap(x, y);
    parents_[y] = x;
    sizes_[x] += sizes_[y];
    return true;
  }

 private:
  std::vector<std::uint32_t> parents_, sizes_;
};

#ifdef KIT_BENCH_BOOST
// By rank, with halving: the faster of its two ways.
class Boost {
 public:
  explicit Boost(std::size_t n) : ranks_(n), parents_(n), sets_(ranks_.data(), parents_.data()) {
    for (std::size_t i = 0; i < n; ++i) sets_.make_set(static_cast<std::uint32_t>(i));
  }
  bool unite(std::uint32_t x, std::uint32_t y) {
    x = sets_.find_set(x);
    y = sets_.find_set(y);
    if (x == y) return false;
    sets_.link(x, y);
    return true;
  }

 private:
  std::vector<std::uint32_t> ranks_, parents_;
  boost::disjoint_sets<std::uint32_t*, std::uint32_t*, boost::find_with_path_halving> sets_;
};
#endif

struct Input {
  std::size_t n;
  std::vector<Link> links;
};

std::shared_ptr<const Input> random_links(std::size_t n) {
  auto input = std::make_shared<Input>(Input{n, std::vector<Link>(n)});
  std::mt19937 random(20260101);
  const auto any = [&] { return static_cast<std::uint32_t>(random() % n); };
  for (Link& each : input->links) each = {any(), any()};
  return input;
}

Contestant joining(const std::string& name, Role role, Joining join,
                   const std::shared_ptr<const Input>& input) {
  const auto run = [=] { return join(input->n, input->links.data(), input->links.size()); };
  Contestant made{name, role, {}, timed([run] {
                    const std::uint64_t joined = run();
                    benchmark::DoNotOptimize(joined);
                  })};
  made.check = [=] {
    const std::uint64_t right =
        join_all<BySizeAlone>(input->n, input->links.data(), input->links.size());
    return run() == right ? std::string() : std::string("it joins another number of islands");
  };
  return made;
}

Contestant one_load(std::size_t n) {
  auto x = std::make_shared<kit::roofs::Chase>(n * sizeof(std::uint32_t));
  return {"one load a link", Role::roof, {}, timed([x, n] {
            const std::uint32_t place = x->follow(n);
            benchmark::DoNotOptimize(place);
          })};
}

Workload workload(const std::string& text, std::size_t n) {
  const auto input = random_links(n);
  Workload work;
  work.text = text;
  work.amount = static_cast<double>(n) / 1e6;
  work.rate_unit = "Mlink/s";
  work.work = Work::memory;
  work.contestants.push_back(
      joining("by size alone", Role::baseline, join_all<BySizeAlone>, input));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return joining(
             "", c.role(),
             c.function<std::uint64_t(std::size_t, const Link*, std::size_t)>("candidate_join"),
             input);
       })) {
    work.contestants.push_back(std::move(candidate));
  }
#ifdef KIT_BENCH_BOOST
  work.contestants.push_back(joining("boost::disjoint_sets", Role::peer, join_all<Boost>, input));
#endif
  work.contestants.push_back(one_load(n));
  return work;
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{0, 1, [] {
                    return std::vector<Workload>{
                        workload("2^15 links among 2^15 machines", std::size_t{1} << 15),
                        workload("2^19 links among 2^19 machines", std::size_t{1} << 19)};
                  }}};
#ifndef KIT_BENCH_BOOST
  bench.missing_peers = {{"boost::disjoint_sets", "libboost-dev"}};
#endif
  return run(bench, argc, argv);
}
