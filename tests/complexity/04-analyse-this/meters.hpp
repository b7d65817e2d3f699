// What the functions of complexity/04-analyse-this cost: steps, and bytes that are alive at once.
#pragma once

#include <cstdint>

#include "lens/growth/ladder.hpp"

namespace kit::meters {

/// Of one call. Space: the highest that the heap was during the call and all that belongs to it, and
/// the stack from the call to the deepest step.
struct Cost {
  std::int64_t steps = 0;
  std::int64_t heap = 0, stack = 0;
  std::int64_t space() const { return heap + stack; }
};

enum class Function {
  pairs,
  halve,
  multiples,
  growing_strides,
  rabbits,
  rabbits_noted,
  copies_of_x,
  count_primes,
  power
};
Cost cost_of(Function function, std::uint64_t n);

enum class SortOrder { ascending, descending, random };
Cost cost_of_sorting(SortOrder order, std::uint64_t n);
/// The mean over a few seeds.
double mean_steps_of_sorting(std::uint64_t n);

/// On n random digits with the limit 100.
Cost cost_of_two_pointers(std::uint64_t n);

/// n even numbers; asked are k random numbers between them.
Cost cost_of_finding(std::uint64_t n, std::uint64_t k);

}  // namespace kit::meters
