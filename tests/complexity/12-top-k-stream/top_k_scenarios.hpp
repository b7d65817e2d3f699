// What the suite does with TopK, and the plain values in which it says what it saw. Compiled with the
// submission and without GoogleTest, so that an edit compiles fast; top_k_test.cpp judges and speaks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kit::scenarios {

/// What the running test is about to do, shown if it crashes there; top_k_test.cpp has it.
void doing(const std::string& what);

/// One stream: which values came, what take() gave, and what should have come out.
struct Stream {
  std::string input;  // "2 of 3, 1, 2"
  std::vector<int> expected, seen;
  std::size_t expected_size = 0, seen_size = 0;  // of size() before take()
  std::size_t size_after = 0;                    // of size() after take()
  bool stopped = false;                          // after far too many comparisons
  bool right() const {
    return !stopped && seen == expected && seen_size == expected_size && size_after == 0;
  }
};

/// Each gives the first stream that isn't right; the last one, if all were.
Stream stream_of(std::vector<int> values, std::size_t k);
Stream small_streams(std::uint64_t seed);  // n up to 300; k = 0, 1, 2, n - 1, n, n + 1 and others
Stream equal_values();
/// The same object used for a second and a third stream; and take() twice.
Stream second_stream();
/// By a Less that was told the other direction.
Stream given_order();
/// A k that no memory has room for.
struct Huge {
  Stream stream;
  std::size_t k = 0;
  bool thrown = false;
  std::int64_t bytes = 0;  // asked for
};
Huge huge_k(std::size_t k);

/// What was done with elements.
struct Counts {
  std::int64_t comparisons = 0, copies = 0, live = 0, most_live = 0, allocations = 0;
};

/// Only rvalues were pushed.
struct Moved {
  Stream stream;
  std::int64_t copies_by_push = 0, copies_by_take = 0;
};
Moved moved_values();

/// The comparison throws once, at each in turn. `bad` is what went wrong first, empty if nothing.
struct Thrown {
  std::string input, bad;
  int cases = 0;
};
Thrown throwing_comparisons();

/// One long run with elements that count.
struct LongRun {
  std::size_t n = 0, k = 0;
  bool right = false;        // took the k largest, largest first
  bool stopped = false;      // after `most` comparisons
  Counts of_pushes, of_all;  // of_all: take() too
};
enum class Arrival { random, ascending, descending, equal, organ_pipe, saw, sixteen_values };
inline constexpr Arrival kArrivals[] = {
    Arrival::ascending,  Arrival::random, Arrival::descending,    Arrival::equal,
    Arrival::organ_pipe, Arrival::saw,    Arrival::sixteen_values};
const char* name_of(Arrival arrival);
LongRun run_of(Arrival arrival, std::size_t n, std::size_t k, std::uint64_t seed,
               std::int64_t most);

/// Allocations by pushes after 2k + 64 ascending ones; of_pushes.allocations, and right.
LongRun pushes_after_the_first(std::size_t k, std::size_t more);

}  // namespace kit::scenarios
