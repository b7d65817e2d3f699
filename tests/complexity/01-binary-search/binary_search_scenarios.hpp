// What the suite does with first_not_less, and the plain values in which it says what it saw. Compiled
// with the submission and without GoogleTest, so that an edit compiles fast; binary_search_test.cpp
// judges and speaks.
#pragma once

#include <cstdint>
#include <vector>

namespace kit::scenarios {

/// What the running test is about to do, shown if it crashes there; binary_search_test.cpp has it.
void doing(const char* what);

/// Sorted values that are computed: `index` i, `odd` 2i + 1, `runs` i / run_length * 2 + 1; or
/// given ones.
enum class Values { index, odd, runs, given };

/// What was asked while one search ran.
struct Asked {
  std::int64_t less = 0;    // value < key
  std::int64_t others = 0;  // any other operator, or the key on the left
  std::int64_t copies = 0;  // of values and of the key
  std::int64_t looks = 0;
  std::int64_t all() const { return less + others; }
};

/// One search and how it ended.
struct Search {
  enum class End { returned, looked_outside, too_many_looks };
  Values values = Values::odd;
  std::uint64_t n = 0, run_length = 1, key = 0;
  End end = End::returned;
  std::uint64_t expected = 0, seen = 0;
  std::uint64_t outside = 0;  // the first index looked at that isn't below n, if any
  bool has_outside = false;
  Asked asked;
  bool right() const { return end == End::returned && seen == expected; }
};

/// Looks that a search may take before it is stopped.
inline constexpr std::int64_t kMostLooks = 100'000;

/// Every search of the kind, up to the first that isn't right. The last one, if all were.
Search five_numbers(std::uint64_t key);  // 1, 3, 5, 7, 9
Search every_gap_and_every_key(std::uint64_t largest);
Search runs_of_equal_keys(std::uint64_t largest);
Search random_sequences(std::uint64_t seed, int sequences);

/// Up to the first that isn't right, or that looked outside.
Search searches_that_may_look_outside(std::uint64_t largest);
Search one_search(std::uint64_t n, std::uint64_t key, Values values);

/// Of s[i] = i. Stopped after 300 looks.
Search huge_search(std::uint64_t n, std::uint64_t key);

/// The dearest search of each n from 1 to largest, by comparisons of any kind; ends at the first
/// that isn't right.
struct Dearest {
  std::uint64_t n = 0;
  Search search;
};
std::vector<Dearest> dearest_searches(std::uint64_t largest);

/// Of twelve searches in s[i] = i, n >= 7.
struct Room {
  Search wrong;  // the first that wasn't right
  bool right = true;
  std::int64_t comparisons = 0;  // of the dearest
  std::int64_t allocations = 0;  // of all
  std::int64_t heap_bytes = 0;   // the most at one time
  std::int64_t stack_bytes = 0;
};
Room room_of_searches(std::uint64_t n, std::int64_t most_looks);

}  // namespace kit::scenarios
