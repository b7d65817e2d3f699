// cache/06-branchless-filter: 65,536 random numbers, which the second-level cache holds, a tenth
// and a half of them kept. The roof copies them all.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"
#include "bench/roofs/memory.hpp"

namespace {

using namespace kit::bench;
using kit::roofs::Buffer;

using Filter = std::size_t(const std::uint32_t* in, std::size_t size, std::uint32_t threshold,
                           std::uint32_t* out);
constexpr std::size_t kSize = 65'536;
constexpr std::size_t kInputs = 8;  // run after run, so that no order is known by heart

struct Numbers {
  Numbers() : in(kInputs * kSize * 4), out(kSize * 4) {
    std::mt19937_64 random(20260101);
    for (std::size_t i = 0; i < kInputs * kSize; ++i)
      from(0)[i] = static_cast<std::uint32_t>(random() >> 32);
  }
  std::uint32_t* from(std::size_t which) const {
    return reinterpret_cast<std::uint32_t*>(in.data()) + which * kSize;
  }
  std::uint32_t* to() const { return reinterpret_cast<std::uint32_t*>(out.data()); }
  Buffer in, out;
};

std::size_t branch(const std::uint32_t* in, std::size_t size, std::uint32_t threshold,
                   std::uint32_t* out) {
  std::size_t k = 0;
  for (std::size_t i = 0; i < size; ++i) {
    if (in[i] < threshold) out[k++] = in[i];
  }
  return k;
}

std::size_t library(const std::uint32_t* in, std::size_t size, std::uint32_t threshold,
                    std::uint32_t* out) {
  return static_cast<std::size_t>(
      std::copy_if(in, in + size, out, [=](std::uint32_t x) { return x < threshold; }) - out);
}

Contestant contestant(const std::string& name, Role role, std::shared_ptr<Numbers> numbers,
                      std::uint32_t threshold, Filter* filter) {
  auto next = std::make_shared<std::size_t>(0);
  Contestant made{name, role, {}, timed([=] {
                    const std::size_t kept =
                        filter(numbers->from(*next), kSize, threshold, numbers->to());
                    *next = (*next + 1) % kInputs;
                    benchmark::DoNotOptimize(kept);
                    benchmark::ClobberMemory();
                  })};
  made.check = [=] {
    std::vector<std::uint32_t> right(kSize);
    const std::size_t expected = library(numbers->from(0), kSize, threshold, right.data());
    std::fill_n(numbers->to(), kSize, ~0U);  // what another has left there is no result
    const std::size_t kept = filter(numbers->from(0), kSize, threshold, numbers->to());
    return kept == expected &&
                   std::equal(right.begin(), right.begin() + static_cast<long>(kept), numbers->to())
               ? std::string()
               : std::string("what it keeps is wrong");
  };
  return made;
}

Workload workload(const std::string& text, std::uint32_t threshold) {
  const auto numbers = std::make_shared<Numbers>();
  Workload work;
  work.text = "65,536 random numbers, " + text;
  work.amount = static_cast<double>(kSize) / 1e6;
  work.rate_unit = "M/s";
  work.bytes = static_cast<double>(kSize * sizeof(std::uint32_t));
  work.operations = static_cast<double>(kSize);
  work.operation = "comparison";
  work.work = Work::cache;
  work.contestants.push_back(contestant("a branch", Role::baseline, numbers, threshold, branch));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return contestant("", c.role(), numbers, threshold,
                           c.function<Filter>("candidate_keep_less"));
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(contestant("std::copy_if", Role::peer, numbers, threshold, library));
  auto next = std::make_shared<std::size_t>(0);
  work.contestants.push_back({"a copy of all", Role::roof, {}, timed([numbers, next] {
                                kit::roofs::copy(
                                    reinterpret_cast<const std::byte*>(numbers->from(*next)),
                                    numbers->out.data(), kSize * 4);
                                *next = (*next + 1) % kInputs;
                                benchmark::ClobberMemory();
                              })});
  return work;
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {{0, 1, [] {
                    return std::vector<Workload>{workload("half kept", 1U << 31),
                                                 workload("a tenth kept", 429'496'730)};
                  }}};
  return run(bench, argc, argv);
}
