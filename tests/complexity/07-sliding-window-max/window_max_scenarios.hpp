// What the suite does with window_max, and the plain values in which it says what it saw. Compiled with
// the submission and without GoogleTest, so that an edit compiles fast; window_max_test.cpp judges and
// speaks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kit::scenarios {

/// What the running test is about to do, shown if it crashes there; window_max_test.cpp has it.
void doing(const char* what);

/// `saw` has the period w + 1; `blocks` go up for w values and down for w.
enum class Values { given, random, ascending, descending, equal, three_values, saw, blocks };
const char* name_of(Values values);

/// A run that has asked so often for each value is stopped.
inline constexpr std::int64_t kMostComparisons = 16;

/// One run and how it ended.
struct Windows {
  enum class End { returned, too_many_comparisons, invalid_argument, another_exception };
  enum class Fault { none, never_written, outside, not_largest };
  Values values = Values::given;
  std::size_t n = 0, w = 0, room = 0;  // of out
  std::vector<int> small;              // the values, if n <= 12
  End end = End::returned;
  Fault fault = Fault::none;
  std::size_t window = 0, seen = 0, largest = 0;  // where it was seen: out[window] = seen
  int value_seen = 0, value_largest = 0;
  bool touched = false;  // out, where it should not have been
  std::int64_t comparisons = 0, less = 0, copies = 0, moves = 0;
  std::int64_t allocations = 0, heap_bytes = 0;
  bool right() const { return end == End::returned && fault == Fault::none; }
};

Windows windows_of(const std::vector<int>& values, std::size_t w);
Windows windows_in(Values values, std::size_t n, std::size_t w, std::uint64_t seed);

/// Every run of the kind, up to the first that isn't right. The last one, if all were.
Windows every_small_input(std::size_t largest, std::uint64_t seed);
Windows every_order(std::size_t largest);
Windows equal_keys(std::size_t largest);

/// With an `out` of that size.
Windows with_room(std::size_t n, std::size_t w, std::size_t room);

}  // namespace kit::scenarios
