// complexity/12-top-k-stream: the k largest of numbers that pass by, in random order, where hardly any
// gets in, and in ascending order, where all do. The roof reads the same bytes once.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <memory>
#include <numeric>
#include <queue>
#include <random>
#include <vector>

#include "bench/complexity/12-top-k-stream/keeping.hpp"
#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"
#include "bench/roofs/memory.hpp"

namespace {

using namespace kit::bench;
using Numbers = std::vector<std::uint32_t>;

// Every value goes through the queue.
void pushed_and_popped(const std::uint32_t* all, std::size_t count, std::size_t k,
                       std::uint32_t* out) {
  std::priority_queue<std::uint32_t, Numbers, std::greater<>> kept;
  for (std::size_t i = 0; i < count; ++i) {
    kept.push(all[i]);
    if (kept.size() > k) kept.pop();
  }
  for (std::size_t i = kept.size(); i-- > 0; kept.pop()) out[i] = kept.top();
}

// Reads its input once, as a stream.
void library(const std::uint32_t* all, std::size_t count, std::size_t k, std::uint32_t* out) {
  std::partial_sort_copy(all, all + count, out, out + std::min(k, count), std::greater<>());
}

Contestant keeping(const std::string& name, Role role, Keeping keep,
                   const std::shared_ptr<const Numbers>& all, std::size_t k) {
  const auto run = [=](Numbers& out) { keep(all->data(), all->size(), k, out.data()); };
  auto out = std::make_shared<Numbers>(k);
  Contestant made{name, role, {}, timed([run, out] {
                    run(*out);
                    benchmark::DoNotOptimize(out->data());
                    benchmark::ClobberMemory();
                  })};
  made.check = [run, all, k] {
    Numbers right(k), seen(k);
    library(all->data(), all->size(), k, right.data());
    run(seen);
    return seen == right ? std::string() : std::string("these are not the k largest, in order");
  };
  return made;
}

Workload workload(const std::string& text, const std::shared_ptr<const Numbers>& all,
                  std::size_t k) {
  Workload work;
  work.text = text;
  work.amount = static_cast<double>(all->size()) / 1e6;
  work.rate_unit = "Mvalue/s";
  work.bytes = static_cast<double>(all->size() * sizeof(all->front()));
  work.operations = static_cast<double>(all->size());
  work.operation = "comparison";
  work.work = Work::memory;
  work.contestants.push_back(keeping("push, then pop", Role::baseline, pushed_and_popped, all, k));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return keeping(
             "", c.role(),
             c.function<void(const std::uint32_t*, std::size_t, std::size_t, std::uint32_t*)>(
                 "candidate_top"),
             all, k);
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(keeping("std::partial_sort_copy", Role::peer, library, all, k));
  auto bytes = std::make_shared<kit::roofs::Buffer>(all->size() * sizeof(std::uint32_t));
  std::memset(bytes->data(), 1, bytes->size());
  work.contestants.push_back({"one read of the bytes", Role::roof, {}, timed([bytes] {
                                const std::uint64_t sum =
                                    kit::roofs::read(bytes->data(), bytes->size());
                                benchmark::DoNotOptimize(sum);
                              })});
  return work;
}

std::vector<Workload> workloads() {
  std::mt19937 random(20260101);
  auto shuffled = std::make_shared<Numbers>(10'000'000);
  for (std::uint32_t& each : *shuffled) each = static_cast<std::uint32_t>(random());
  auto ascending = std::make_shared<Numbers>(1'000'000);
  std::iota(ascending->begin(), ascending->end(), 0U);
  return {workload("10^7 random numbers, k = 100", shuffled, 100),
          workload("10^7 random numbers, k = 10,000", shuffled, 10'000),
          workload("10^6 ascending numbers, k = 1,000", ascending, 1'000)};
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{0, 1, workloads}};
  return run(bench, argc, argv);
}
