// complexity/06-merge-sort: random numbers, numbers in eight ascending runs, and random strings. Each run
// gets the elements in the same order again; bringing them back is not timed. The roof copies the bytes
// once.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <functional>
#include <memory>
#include <random>
#include <vector>

#include "bench/complexity/06-merge-sort/sorting.hpp"
#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"
#include "bench/roofs/memory.hpp"

namespace {

using namespace kit::bench;

template <class T>
using Values = std::shared_ptr<const std::vector<T>>;

template <class T>
using Sort = std::function<void(std::vector<T>& all)>;

template <class T>
Contestant sorting(const std::string& name, Role role, Sort<T> sort, Values<T> input) {
  auto room = std::make_shared<std::vector<T>>(*input);
  Contestant made{name, role, {}, [=](long long runs) {
                    std::chrono::duration<double> time{0};
                    for (long long i = 0; i < runs; ++i) {
                      *room = *input;
                      const auto begin = std::chrono::steady_clock::now();
                      sort(*room);
                      time += std::chrono::steady_clock::now() - begin;
                      benchmark::DoNotOptimize(room->data());
                    }
                    return time.count();
                  }};
  made.check = [=] {
    std::vector<T> right = *input, mine = *input;
    std::stable_sort(right.begin(), right.end());
    sort(mine);
    return mine == right ? std::string() : std::string("it isn't sorted");
  };
  return made;
}

// As in the books: top down, a branch a step, both halves into vectors of their own.
template <class T>
void by_vectors(std::vector<T>& all) {
  if (all.size() < 2) return;
  const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
  std::vector<T> left(all.begin(), middle), right(middle, all.end());
  by_vectors(left);
  by_vectors(right);
  std::merge(left.begin(), left.end(), right.begin(), right.end(), all.begin());
}

Contestant one_copy(std::size_t bytes) {
  const std::size_t size = (bytes + 63) / 64 * 64;
  auto from = std::make_shared<kit::roofs::Buffer>(size);
  auto to = std::make_shared<kit::roofs::Buffer>(size);
  std::memset(from->data(), 1, from->size());
  return {"one copy of the bytes", Role::roof, {}, timed([from, to] {
            kit::roofs::copy(from->data(), to->data(), from->size());
            benchmark::ClobberMemory();
          })};
}

template <class T>
Workload workload(const std::string& text, Values<T> input, Sort<T> (*exported)(const Sorting&)) {
  Workload work;
  work.text = text;
  work.amount = static_cast<double>(input->size()) / 1e6;
  work.rate_unit = "Mvalue/s";
  work.bytes = static_cast<double>(2 * input->size() * sizeof(T));
  work.operations = static_cast<double>(input->size()) *
                    std::max(1.0, std::log2(static_cast<double>(input->size())) - 1);
  work.operation = "comparison";
  work.work = Work::memory;
  work.contestants.push_back(
      sorting<T>("vectors in each call", Role::baseline, by_vectors<T>, input));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         const Sorting* its = c.function<const Sorting*()>("candidate_sorting")();
         return sorting<T>("", c.role(), exported(*its), input);
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  const Sort<T> library = [](std::vector<T>& all) { std::stable_sort(all.begin(), all.end()); };
  work.contestants.push_back(sorting<T>("std::stable_sort", Role::peer, library, input));
  work.contestants.push_back(one_copy(input->size() * sizeof(T)));
  return work;
}

Sort<std::uint32_t> of_numbers(const Sorting& its) {
  return [sort = its.numbers](std::vector<std::uint32_t>& all) { sort(all.data(), all.size()); };
}

Sort<std::string> of_strings(const Sorting& its) {
  return [sort = its.strings](std::vector<std::string>& all) { sort(all.data(), all.size()); };
}

Values<std::uint32_t> random_numbers(std::size_t count, std::size_t runs) {
  auto all = std::make_shared<std::vector<std::uint32_t>>(count);
  std::mt19937_64 random(20260101);
  for (std::uint32_t& each : *all) each = static_cast<std::uint32_t>(random());
  for (std::size_t run = 0; run < runs; ++run) {
    const auto at = [&](std::size_t i) {
      return all->begin() + static_cast<std::ptrdiff_t>(i * count / runs);
    };
    std::sort(at(run), at(run + 1));
  }
  return all;
}

Values<std::string> random_strings(std::size_t count) {
  auto all = std::make_shared<std::vector<std::string>>(count);
  std::mt19937_64 random(20260101);
  for (std::string& each : *all)
    each = fmt::format("customer {:012}", random() % 1'000'000'000'000);
  return all;
}

std::vector<Workload> workloads() {
  constexpr std::size_t kMany = std::size_t{1} << 18, kStrings = std::size_t{1} << 14;
  return {
      workload<std::uint32_t>("2^18 random numbers", random_numbers(kMany, 0), of_numbers),
      workload<std::uint32_t>("2^18 numbers in eight runs", random_numbers(kMany, 8), of_numbers),
      workload<std::string>("2^14 random strings of 21 letters", random_strings(kStrings),
                            of_strings)};
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{0, 1, workloads}};
  bench.notes = {"Bringing the elements back into their order before each run is not timed."};
  return run(bench, argc, argv);
}
