// complexity/05-quickselect: the median of random numbers that fit the last cache and of such that fit
// none, of random strings, and of an order that std::nth_element's pivots are hurt by. Each run gets the
// elements in the same order again; bringing them back is not timed. The roof reads the bytes once.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>
#include <functional>
#include <memory>
#include <random>
#include <vector>

#include "bench/complexity/05-quickselect/selecting.hpp"
#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"
#include "bench/roofs/memory.hpp"

namespace {

using namespace kit::bench;

template <class T>
using Values = std::shared_ptr<const std::vector<T>>;

// Moves the median to its place and gives it.
template <class T>
using Select = std::function<T(std::vector<T>& all, std::size_t k)>;

template <class T>
Contestant selecting(const std::string& name, Role role, Select<T> select, Values<T> input) {
  const std::size_t k = input->size() / 2;
  auto room = std::make_shared<std::vector<T>>(*input);
  Contestant made{name, role, {}, [=](long long runs) {
                    std::chrono::duration<double> time{0};
                    for (long long i = 0; i < runs; ++i) {
                      *room = *input;
                      const auto begin = std::chrono::steady_clock::now();
                      T found = select(*room, k);
                      time += std::chrono::steady_clock::now() - begin;
                      benchmark::DoNotOptimize(found);
                    }
                    return time.count();
                  }};
  made.check = [=] {
    std::vector<T> sorted = *input, mine = *input;
    std::sort(sorted.begin(), sorted.end());
    return select(mine, k) == sorted[k] ? std::string() : std::string("its median is wrong");
  };
  return made;
}

Contestant one_read(std::size_t bytes) {
  auto buffer = std::make_shared<kit::roofs::Buffer>((bytes + 63) / 64 * 64);
  std::memset(buffer->data(), 1, buffer->size());
  return {"one read of the bytes", Role::roof, {}, timed([buffer] {
            const std::uint64_t sum = kit::roofs::read(buffer->data(), buffer->size());
            benchmark::DoNotOptimize(sum);
          })};
}

template <class T>
Workload workload(const std::string& text, Values<T> input, std::size_t bytes,
                  Select<T> (*exported)(const Selecting&)) {
  Workload work;
  work.text = text;
  work.amount = static_cast<double>(input->size()) / 1e6;
  work.rate_unit = "Mvalue/s";
  work.bytes = static_cast<double>(bytes);
  work.operations = static_cast<double>(input->size());
  work.operation = "comparison";
  work.work = Work::memory;
  const Select<T> sorting = [](std::vector<T>& all, std::size_t k) {
    std::sort(all.begin(), all.end());
    return all[k];
  };
  const Select<T> library = [](std::vector<T>& all, std::size_t k) {
    std::nth_element(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(k), all.end());
    return all[k];
  };
  work.contestants.push_back(selecting<T>("std::sort", Role::baseline, sorting, input));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         const Selecting* its = c.function<const Selecting*()>("candidate_selecting")();
         return selecting<T>("", c.role(), exported(*its), input);
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(selecting<T>("std::nth_element", Role::peer, library, input));
  work.contestants.back().note = "n log n in the worst case";
  work.contestants.push_back(one_read(bytes));
  return work;
}

Select<std::uint32_t> of_numbers(const Selecting& its) {
  return [select = its.numbers](std::vector<std::uint32_t>& all, std::size_t k) {
    return select(all.data(), all.size(), k);
  };
}

Select<std::string> of_strings(const Selecting& its) {
  return [select = its.strings](std::vector<std::string>& all, std::size_t k) {
    return *select(all.data(), all.size(), k);
  };
}

Values<std::uint32_t> random_numbers(std::size_t count) {
  auto all = std::make_shared<std::vector<std::uint32_t>>(count);
  std::mt19937_64 random(20260101);
  for (std::uint32_t& each : *all) each = static_cast<std::uint32_t>(random());
  return all;
}

Values<std::uint32_t> organ_pipe(std::size_t count) {
  auto all = std::make_shared<std::vector<std::uint32_t>>(count);
  for (std::size_t i = 0; i < count; ++i) {
    (*all)[i] = static_cast<std::uint32_t>(std::min(i, count - i));
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
  constexpr std::size_t kFew = std::size_t{1} << 18, kMany = std::size_t{1} << 22;
  constexpr std::size_t kStrings = std::size_t{1} << 15;
  return {
      workload<std::uint32_t>("2^18 random numbers", random_numbers(kFew), 4 * kFew, of_numbers),
      workload<std::uint32_t>("2^22 random numbers", random_numbers(kMany), 4 * kMany, of_numbers),
      workload<std::uint32_t>("2^18 numbers, up and down again", organ_pipe(kFew), 4 * kFew,
                              of_numbers),
      workload<std::string>("2^15 random strings of 21 letters", random_strings(kStrings),
                            kStrings * (sizeof(std::string) + 32), of_strings)};
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{0, 1, workloads}};
  bench.notes = {"Bringing the elements back into their order before each run is not timed."};
  return run(bench, argc, argv);
}
