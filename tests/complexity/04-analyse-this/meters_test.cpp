// The meters: step() counts, and knows how deep the stack is; the heap is counted by the lens.
#include "complexity/04-analyse-this/meters.hpp"

#include <algorithm>
#include <numeric>
#include <vector>

#include "functions.hpp"
#include "lens/growth/allocations.hpp"
#include "lens/growth/key_orders.hpp"

namespace kit {
namespace {

std::int64_t steps = 0;
std::uintptr_t deepest = 0;

}  // namespace

[[gnu::noinline]] void step() {
  ++steps;
  deepest = std::min(deepest, reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0)));
}

namespace meters {
namespace {

template <class Call>
[[gnu::noinline]] Cost measure(Call call) {
  const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  steps = 0;
  deepest = here;
  const lens::CountAllocations count;
  call();
  return {steps, count.peak_bytes(), static_cast<std::int64_t>(here - deepest)};
}

// So that no result is thought away.
volatile u64 kept = 0;

}  // namespace

Cost cost_of(Function function, std::uint64_t n) {
  return measure([=] {
    switch (function) {
      case Function::pairs:
        kept = pairs(n);
        break;
      case Function::halve:
        kept = halve(n);
        break;
      case Function::multiples:
        kept = multiples(n);
        break;
      case Function::growing_strides:
        kept = growing_strides(n);
        break;
      case Function::rabbits:
        kept = rabbits(n);
        break;
      case Function::rabbits_noted: {
        std::vector<u64> seen(n + 1);
        kept = rabbits_noted(n, seen);
        break;
      }
      case Function::copies_of_x:
        kept = copies_of_x(n).size();
        break;
      case Function::count_primes:
        kept = count_primes(n);
        break;
      case Function::power:
        kept = power(3, n);
        break;
    }
  });
}

Cost cost_of_sorting(SortOrder order, std::uint64_t n) {
  constexpr lens::Order kOrders[] = {lens::Order::ascending, lens::Order::descending,
                                     lens::Order::random};
  std::vector<int> numbers = lens::keys_in(kOrders[static_cast<int>(order)], n, n);
  return measure([&] { insertion_sort(numbers); });
}

double mean_steps_of_sorting(std::uint64_t n) {
  constexpr int kSeeds = 4;
  double sum = 0;
  for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
    std::vector<int> numbers = lens::keys_in(lens::Order::random, n, seed);
    sum += static_cast<double>(measure([&] { insertion_sort(numbers); }).steps);
  }
  return sum / kSeeds;
}

Cost cost_of_two_pointers(std::uint64_t n) {
  lens::Random random(n);
  std::vector<int> digits(n);
  for (int& each : digits) each = static_cast<int>(random.below(10));
  return measure([&] { kept = two_pointers(digits, 100); });
}

Cost cost_of_finding(std::uint64_t n, std::uint64_t k) {
  lens::Random random(n + k);
  std::vector<int> sorted(n), asked(k);
  for (std::size_t i = 0; i < n; ++i) sorted[i] = static_cast<int>(2 * i);
  for (int& each : asked) each = static_cast<int>(random.below(2 * n + 1));
  return measure([&] { kept = how_many_found(sorted, asked); });
}

}  // namespace meters
}  // namespace kit
