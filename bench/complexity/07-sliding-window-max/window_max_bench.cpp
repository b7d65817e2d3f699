// complexity/07-sliding-window-max: random values and falling ones, short windows and long ones. The
// roof reads each value once and writes each answer once.
#include <benchmark/benchmark.h>

#include <deque>
#include <memory>
#include <random>
#include <vector>

#include "bench/complexity/07-sliding-window-max/windows.hpp"
#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"
#include "bench/roofs/memory.hpp"

namespace {

using namespace kit::bench;

using Values = std::shared_ptr<const std::vector<float>>;

void rescan(const float* all, std::size_t count, std::size_t w, std::size_t* out) {
  for (std::size_t i = 0; i + w <= count; ++i) {
    std::size_t best = i;
    for (std::size_t j = i + 1; j < i + w; ++j) {
      if (all[best] < all[j]) best = j;
    }
    out[i] = best;
  }
}

void by_deque(const float* all, std::size_t count, std::size_t w, std::size_t* out) {
  std::deque<std::size_t> candidates;
  for (std::size_t i = 0; i < count; ++i) {
    while (!candidates.empty() && !(all[i] < all[candidates.back()])) candidates.pop_back();
    candidates.push_back(i);
    if (candidates.front() + w <= i) candidates.pop_front();
    if (i + 1 >= w) out[i + 1 - w] = candidates.front();
  }
}

Contestant sliding(const std::string& name, Role role, WindowMax find, const Values& values,
                   std::size_t w) {
  auto out = std::make_shared<std::vector<std::size_t>>(values->size() - w + 1);
  const auto run = [=] { find(values->data(), values->size(), w, out->data()); };
  Contestant made{name, role, {}, timed([run, out] {
                    run();
                    benchmark::DoNotOptimize(out->data());
                  })};
  made.check = [=] {
    std::vector<std::size_t> right(out->size());
    by_deque(values->data(), values->size(), w, right.data());
    run();
    for (std::size_t i = 0; i < right.size(); ++i) {
      const std::size_t seen = (*out)[i];
      if (seen < i || seen >= i + w || (*values)[seen] < (*values)[right[i]])
        return std::string("its indices are wrong");
    }
    return std::string();
  };
  return made;
}

Contestant read_and_write(const Values& values) {
  auto out = std::make_shared<std::vector<std::size_t>>(values->size());
  return {"each read and written once", Role::roof, {}, timed([values, out] {
            for (std::size_t i = 0; i < values->size(); ++i) {
              (*out)[i] = static_cast<std::size_t>((*values)[i] > 0.5F);
            }
            benchmark::ClobberMemory();
          })};
}

Workload workload(const std::string& text, const Values& values, std::size_t w) {
  Workload work;
  work.text = text;
  work.amount = static_cast<double>(values->size()) / 1e6;
  work.rate_unit = "Mvalue/s";
  work.bytes = static_cast<double>(2 * values->size() * sizeof(values->front()));
  work.operations = static_cast<double>(values->size());
  work.operation = "comparison";
  work.work = Work::memory;
  work.contestants.push_back(sliding("each window anew", Role::baseline, rescan, values, w));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return sliding("", c.role(),
                        c.function<void(const float*, std::size_t, std::size_t, std::size_t*)>(
                            "candidate_window_max"),
                        values, w);
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(sliding("std::deque of candidates", Role::peer, by_deque, values, w));
  work.contestants.push_back(read_and_write(values));
  return work;
}

std::vector<Workload> workloads() {
  constexpr std::size_t kValues = std::size_t{1} << 17;
  auto random = std::make_shared<std::vector<float>>(kValues);
  auto falling = std::make_shared<std::vector<float>>(kValues);
  std::mt19937_64 engine(20260101);
  for (std::size_t i = 0; i < kValues; ++i) {
    (*random)[i] = static_cast<float>(engine() >> 40) / 16'777'216.0F;
    (*falling)[i] = static_cast<float>(kValues - i);
  }
  return {workload("2^17 random values, w = 10", random, 10),
          workload("2^17 random values, w = 1,000", random, 1'000),
          workload("2^17 falling values, w = 1,000", falling, 1'000)};
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{0, 1, workloads}};
  return run(bench, argc, argv);
}
