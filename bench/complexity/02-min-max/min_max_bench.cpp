// complexity/02-min-max: the smallest and the largest of numbers, whose comparison costs nothing, and of
// long strings that part late, where it costs something. The roof reads the same bytes once.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <memory>
#include <random>
#include <vector>

#include "bench/complexity/02-min-max/extremes.hpp"
#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"
#include "bench/roofs/memory.hpp"

namespace {

using namespace kit::bench;

template <class T>
using Function = Places (*)(const T*, std::size_t);

template <class T>
Places two_passes(const T* all, std::size_t count) {
  Places found;
  for (std::size_t i = 1; i < count; ++i) {
    if (all[i] < all[found.min]) found.min = i;
  }
  for (std::size_t i = 1; i < count; ++i) {
    if (all[found.max] < all[i]) found.max = i;
  }
  return found;
}

template <class T>
Places library(const T* all, std::size_t count) {
  const auto [min, max] = std::minmax_element(all, all + count);
  return {static_cast<std::size_t>(min - all), static_cast<std::size_t>(max - all)};
}

template <class T>
Contestant finding(const std::string& name, Role role, Function<T> find,
                   const std::shared_ptr<const std::vector<T>>& all) {
  const auto run = [=] { return find(all->data(), all->size()); };
  Contestant made{name, role, {}, timed([run] {
                    const Places found = run();
                    benchmark::DoNotOptimize(found);
                  })};
  made.check = [run, all] {
    const Places right = library(all->data(), all->size()), found = run();
    const bool good = found.min < all->size() && found.max < all->size() &&
                      (*all)[found.min] == (*all)[right.min] &&
                      (*all)[found.max] == (*all)[right.max];
    return good ? std::string() : std::string("its places are wrong");
  };
  return made;
}

// Reads all bytes, wherever they lie.
Contestant one_read(std::shared_ptr<kit::roofs::Buffer> bytes) {
  return {"one read of the bytes", Role::roof, {}, timed([bytes] {
            const std::uint64_t sum = kit::roofs::read(bytes->data(), bytes->size());
            benchmark::DoNotOptimize(sum);
          })};
}

template <class T>
Workload workload(const std::string& text, const std::shared_ptr<const std::vector<T>>& all,
                  Function<T> Extremes::*exported, std::size_t bytes) {
  Workload work;
  work.text = text;
  work.amount = static_cast<double>(all->size()) / 1e6;
  work.rate_unit = "Mvalue/s";
  work.bytes = static_cast<double>(bytes);
  work.operations = 1.5 * static_cast<double>(all->size());
  work.operation = "comparison";
  work.work = Work::memory;
  work.contestants.push_back(finding<T>("two passes", Role::baseline, two_passes<T>, all));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         const Extremes* its = c.function<const Extremes*()>("candidate_extremes")();
         return finding<T>("", c.role(), its->*exported, all);
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(finding<T>("std::minmax_element", Role::peer, library<T>, all));
  auto buffer = std::make_shared<kit::roofs::Buffer>(bytes);
  std::memset(buffer->data(), 1, buffer->size());
  work.contestants.push_back(one_read(buffer));
  return work;
}

std::vector<Workload> workloads() {
  std::mt19937_64 random(20260101);
  auto numbers = std::make_shared<std::vector<std::int32_t>>(std::size_t{1} << 20);
  for (std::int32_t& each : *numbers) each = static_cast<std::int32_t>(random());
  // All alike for 200 letters.
  auto strings = std::make_shared<std::vector<std::string>>(std::size_t{1} << 12);
  for (std::string& each : *strings) {
    each = std::string(200, 'x') + fmt::format("{:08}", random() % 100'000'000);
  }
  return {workload<std::int32_t>("2^20 random numbers of 4 bytes", numbers, &Extremes::numbers,
                                 numbers->size() * sizeof(std::int32_t)),
          workload<std::string>("2^12 strings that part after 200 letters", strings,
                                &Extremes::strings, strings->size() * 208)};
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{0, 1, workloads}};
  return run(bench, argc, argv);
}
