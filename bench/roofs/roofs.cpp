// kit_roofs: the machine's own limits, as one JSON object on standard output.
//
//   machine      "AMD EPYC 9R14, 2 cores"        pinned   true where it kept to one core
//   levels       [{name, bytes}]                 a size that lies in each: L1, L2, L3, memory
//   bandwidth    [{name, level, ...}]            GB/s; of a copy both bytes read and written count
//   latency      [{level, ...}]                  ns of a load that waits for the one before
//   mountain     {strides, rows: [{bytes, values}]}   GB/s of the words that were read
//   peaks        [{name, ...}]                   GFLOP/s of one core
//   clock        {...} GHz                       branch_miss  {...} ns
//
// Each figure is {value, median, worst}: the best of some repeats, which is the limit (what was reached
// once can be reached), and how far the others were from it.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <random>
#include <thread>

#include "bench/harness/process.hpp"
#include "bench/roofs/compute.hpp"
#include "bench/roofs/memory.hpp"

namespace {

using kit::roofs::Buffer;
using nlohmann::json;

constexpr int kRepeats = 9;

// The seconds of each repeat, the fastest first.
std::vector<double> seconds_of(const std::function<void()>& run) {
  run();
  std::vector<double> all;
  for (int i = 0; i < kRepeats; ++i) {
    const auto start = std::chrono::steady_clock::now();
    run();
    all.push_back(std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
  }
  std::sort(all.begin(), all.end());
  return all;
}

double rounded(double value) {
  return std::round(value * 100) / 100;
}

// `figure` makes of the seconds of a repeat what is shown.
json figures(const std::vector<double>& seconds, const std::function<double(double)>& figure) {
  return {{"value", rounded(figure(seconds.front()))},
          {"median", rounded(figure(seconds[seconds.size() / 2]))},
          {"worst", rounded(figure(seconds.back()))}};
}

// GB/s of a run that moves `bytes`; a small block is gone over often enough to be seen by the clock.
json rate(std::size_t bytes, const std::function<void()>& run) {
  const std::size_t times = std::max<std::size_t>(1, (std::size_t{4} << 20) / bytes);
  return figures(seconds_of([&] {
                   for (std::size_t i = 0; i < times; ++i) run();
                 }),
                 [&](double s) { return static_cast<double>(times * bytes) / s / 1e9; });
}

json bandwidths(const std::string& level, std::size_t bytes) {
  const Buffer from(bytes), to(bytes);
  // A copy has half of the room for each side.
  const std::size_t half = bytes / 2;
  json all = json::array();
  const auto add = [&](const char* name, json figures) {
    figures["name"] = name;
    figures["level"] = level;
    all.push_back(std::move(figures));
  };
  add("read", rate(bytes, [&] { benchmark::DoNotOptimize(kit::roofs::read(from.data(), bytes)); }));
  const auto written = [&](auto&& write) {
    return rate(bytes, [&] {
      write(to.data(), bytes);
      benchmark::ClobberMemory();
    });
  };
  const auto copied = [&](auto&& copy) {
    return rate(2 * half, [&] {
      copy(from.data(), to.data(), half);
      benchmark::ClobberMemory();
    });
  };
  add("write", written(kit::roofs::write));
  add("copy", copied(kit::roofs::copy));
  if (kit::roofs::has_copy_past_caches()) {
    add("write past the caches", written(kit::roofs::write_past_caches));
    add("copy past the caches", copied(kit::roofs::copy_past_caches));
  }
  return all;
}

json latency(const std::string& level, std::size_t bytes) {
  constexpr std::size_t kSteps = 200'000;
  kit::roofs::Chase chase(bytes);
  json made = figures(seconds_of([&] { benchmark::DoNotOptimize(chase.follow(kSteps)); }),
                      [](double s) { return s / kSteps * 1e9; });
  made["level"] = level;
  return made;
}

json mountain() {
  const std::vector<std::size_t> strides = {8, 16, 32, 64, 128, 256, 512};
  json rows = json::array();
  const Buffer memory(std::size_t{128} << 20);
  for (std::size_t bytes = std::size_t{8} << 10; bytes <= memory.size(); bytes *= 2) {
    json values = json::array();
    for (const std::size_t stride : strides) {
      // About the same number of words at each place of the mountain.
      const std::size_t words = bytes / stride;
      const std::size_t times = std::max<std::size_t>(1, (std::size_t{1} << 18) / words);
      const auto seconds = seconds_of([&] {
        for (std::size_t i = 0; i < times; ++i)
          benchmark::DoNotOptimize(kit::roofs::read_strided(memory.data(), bytes, stride));
      });
      values.push_back(rounded(static_cast<double>(8 * words * times) / seconds.front() / 1e9));
    }
    rows.push_back({{"bytes", bytes}, {"values", values}});
  }
  return {{"strides", strides}, {"rows", rows}};
}

json peaks() {
  constexpr long long kRounds = 2'000'000;
  json all = json::array();
  for (const kit::roofs::Peak& peak : kit::roofs::peaks()) {
    json made = figures(seconds_of([&] { benchmark::DoNotOptimize(peak.rounds(kRounds)); }),
                        [&](double s) { return kRounds * peak.flop_per_round / s / 1e9; });
    made["name"] = peak.name;
    all.push_back(std::move(made));
  }
  return all;
}

json clock_rate() {
  constexpr long long kTimes = 2'000'000;
  return figures(
      seconds_of([] { benchmark::DoNotOptimize(kit::roofs::dependent_additions(kTimes)); }),
      [](double s) { return 16.0 * kTimes / s / 1e9; });
}

// What half of the branches cost more where they go at random than where they all go one way.
json branch_miss() {
  constexpr std::size_t kBranches = std::size_t{1} << 20;  // more than any predictor remembers
  std::vector<std::uint8_t> ways(kBranches, 1), random(kBranches);
  std::mt19937 engine(1);
  for (std::uint8_t& way : random) way = static_cast<std::uint8_t>(engine() >> 31);
  const auto straight = seconds_of([&] { benchmark::DoNotOptimize(kit::roofs::branches(ways)); });
  const auto wild = seconds_of([&] { benchmark::DoNotOptimize(kit::roofs::branches(random)); });
  return figures(wild, [&](double s) {
    return (s - straight.front()) / (static_cast<double>(kBranches) / 2) * 1e9;
  });
}

std::string machine() {
  std::ifstream in("/proc/cpuinfo");
  std::string name = "this machine";
  for (std::string line; std::getline(in, line);) {
    if (line.rfind("model name", 0) != 0) continue;
    name = line.substr(line.find(':') + 2);
    break;
  }
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  return fmt::format("{}, {} core{}", name, cores, cores == 1 ? "" : "s");
}

// A size that surely lies in each level: half of it, for the first two; virtual machines tell untrue
// sizes of the last cache, so there it is a few times the second.
std::vector<std::pair<std::string, std::size_t>> levels() {
  const auto size = [](int name, std::size_t otherwise) {
    const long bytes = ::sysconf(name);
    return bytes > 0 ? static_cast<std::size_t>(bytes) : otherwise;
  };
  const std::size_t first = size(_SC_LEVEL1_DCACHE_SIZE, 32 << 10);
  const std::size_t second = size(_SC_LEVEL2_CACHE_SIZE, 512 << 10);
  return {{"L1", first / 2}, {"L2", second / 2}, {"L3", 3 * second}, {"memory", 256 << 20}};
}

}  // namespace

int main() {
  json roofs = {{"machine", machine()},
                {"pinned", kit::bench::pin(0)},
                {"levels", json::array()},
                {"bandwidth", json::array()},
                {"latency", json::array()}};
  for (const auto& [name, bytes] : levels()) {
    roofs["levels"].push_back({{"name", name}, {"bytes", bytes}});
    for (json& one : bandwidths(name, bytes)) roofs["bandwidth"].push_back(std::move(one));
    roofs["latency"].push_back(latency(name, bytes));
  }
  roofs["mountain"] = mountain();
  roofs["peaks"] = peaks();
  roofs["clock"] = clock_rate();
  roofs["branch_miss"] = branch_miss();
  fmt::print("{}\n", roofs.dump(1));
}
