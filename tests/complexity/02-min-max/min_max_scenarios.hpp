// What the suite does with min_max, and the plain values in which it says what it saw. Compiled with
// the submission and without GoogleTest, so that an edit compiles fast; min_max_test.cpp judges.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kit::scenarios {

/// What the running test is about to do, shown if it crashes there; min_max_test.cpp has it.
void doing(const char* what);

/// One call, and what was asked meanwhile.
struct Call {
  std::vector<int> values;  // as far as there is room to show them: at most 12
  std::size_t n = 0;
  bool answered = false;  // false: nullopt
  std::size_t min = 0, max = 0;
  int value_of_min = 0, value_of_max = 0;  // where the indices are within the span
  int smallest = 0, largest = 0;           // of the values
  bool too_many = false;                   // it was stopped after 64 n + 4,000,000
  std::int64_t less = 0, others = 0, copies = 0, moves = 0;
  bool right() const;
  std::int64_t comparisons() const { return less + others; }
};

// Each gives the first call that wasn't right, or the last one.
Call smallest_and_largest_of(const std::vector<int>& values);
Call every_permutation(int largest);
Call every_position(const std::vector<std::size_t>& sizes, bool all_pairs);
Call every_array_of_three_values(int largest);
Call nothing();
Call many_values(std::uint64_t seed, std::size_t n);

enum class Inputs { ascending, descending, equal, random };
Call of_order(Inputs order, std::size_t n, std::uint64_t seed);

/// A call on a stack of its own.
struct Room {
  Call call;
  std::int64_t allocations = 0, heap_bytes = 0, stack_bytes = 0;
};
Room room_of(std::size_t n, std::uint64_t seed);

}  // namespace kit::scenarios
