// kit_roofs: the machine's own limits, as one JSON object on standard output. Each figure is the
// best of some repeats: a limit is what was reached once, not what is usual.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <functional>
#include <nlohmann/json.hpp>

#include "bench/harness/process.hpp"
#include "bench/roofs/memory.hpp"

namespace {

using kit::roofs::Buffer;
using nlohmann::json;

double best_seconds(int repeats, const std::function<void()>& run) {
  run();
  double best = 1e9;
  for (int i = 0; i < repeats; ++i) {
    const auto start = std::chrono::steady_clock::now();
    run();
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - start;
    best = std::min(best, taken.count());
  }
  return best;
}

double rounded(double value) {
  return std::round(value * 100) / 100;
}

// GB/s of a run that moves `bytes`; small blocks are gone over often enough to be seen by the
// clock.
double rate(std::size_t bytes, const std::function<void()>& run) {
  const std::size_t times = std::max<std::size_t>(1, (std::size_t{4} << 20) / bytes);
  const double seconds = best_seconds(9, [&] {
    for (std::size_t i = 0; i < times; ++i) run();
  });
  return rounded(static_cast<double>(times * bytes) / seconds / 1e9);
}

json roof(const char* name, std::size_t bytes, double value, const char* unit) {
  return {{"name", name}, {"bytes", bytes}, {"value", value}, {"unit", unit}};
}

double read_rate(std::size_t bytes) {
  const Buffer from(bytes);
  return rate(bytes, [&] { benchmark::DoNotOptimize(kit::roofs::read(from.data(), bytes)); });
}

// Bytes read and bytes written both count.
double copy_rate(std::size_t bytes, bool past_caches) {
  const Buffer from(bytes), to(bytes);
  return 2 * rate(bytes, [&] {
           (past_caches ? kit::roofs::copy_past_caches : kit::roofs::copy)(from.data(), to.data(),
                                                                           bytes);
           benchmark::ClobberMemory();
         });
}

double load_nanoseconds(std::size_t bytes) {
  constexpr std::size_t kSteps = 200'000;
  kit::roofs::Chase chase(bytes);
  const double seconds = best_seconds(5, [&] { benchmark::DoNotOptimize(chase.follow(kSteps)); });
  return rounded(seconds / kSteps * 1e9);
}

}  // namespace

int main() {
  constexpr std::size_t kSmall = 16 << 10, kMiddle = 256 << 10, kLarge = 128 << 20;
  const bool pinned = kit::bench::pin(0);
  json roofs = json::array();
  roofs.push_back(roof("read, first-level cache", kSmall, read_rate(kSmall), "GB/s"));
  roofs.push_back(roof("read, second-level cache", kMiddle, read_rate(kMiddle), "GB/s"));
  roofs.push_back(roof("read, memory", kLarge, read_rate(kLarge), "GB/s"));
  roofs.push_back(roof("copy, memory", kLarge, copy_rate(kLarge, false), "GB/s"));
  if (kit::roofs::has_copy_past_caches()) {
    roofs.push_back(roof("copy past the caches, memory", kLarge, copy_rate(kLarge, true), "GB/s"));
  }
  roofs.push_back(roof("load, first-level cache", kSmall, load_nanoseconds(kSmall), "ns"));
  roofs.push_back(roof("load, second-level cache", kMiddle, load_nanoseconds(kMiddle), "ns"));
  roofs.push_back(roof("load, memory", kLarge, load_nanoseconds(kLarge), "ns"));
  fmt::print("{}\n", json{{"pinned", pinned}, {"roofs", roofs}}.dump(1));
}
