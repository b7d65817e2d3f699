// What the suite does with stable_sort, and the plain values in which it says what it saw. Compiled with
// the submission and without GoogleTest, so that an edit compiles fast; merge_sort_test.cpp judges and
// speaks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kit::scenarios {

/// What the running test is about to do, shown if it crashes there; merge_sort_test.cpp has it.
void doing(const char* what);

enum class Keys { random, ascending, descending, equal, few_values, saw, zigzag, worst_merges };
const char* name_of(Keys keys);

/// n ceil(log2 n), n >= 1.
std::int64_t levels(std::size_t n);

/// A sort of 5,000 elements or more that has asked or moved four times as often as is
/// allowed is stopped.
inline constexpr std::int64_t kPatience = 4;

/// One run, what it sorted and how it ended.
struct Sorting {
  enum class End { returned, too_many_comparisons, too_many_moves, bad_alloc, comparison_failed };
  enum class Fault { none, order, stability, lost };
  Keys keys = Keys::random;
  std::size_t n = 0;
  std::vector<int> small, result;  // the keys before and after, if n <= 12
  bool descending = false;         // less is greater
  End end = End::returned;
  Fault fault = Fault::none;
  std::size_t at = 0;           // where it was seen
  int key = 0, before = 0;      // there, and in front of it; of what is lost
  int tag = 0, tag_before = 0;  // where it stood at first, of these two
  bool changed = false;         // not as it was given
  std::int64_t comparisons = 0, copies = 0, moves = 0, self_moves = 0, defaults = 0;
  std::int64_t most_elements = 0;                   // beside the n, at one time
  std::int64_t heap_bytes = 0;                      // at one time
  std::int64_t left_elements = 0, left_blocks = 0;  // when it had ended
  std::int64_t failed_call = 0;  // the comparison, or the allocation, that threw; 0: none did
  bool right() const { return end == End::returned && fault == Fault::none; }
};
inline constexpr std::size_t kElementSize = 8;

Sorting sort_of(const std::vector<int>& keys);
Sorting sort_keys(Keys keys, std::size_t n, std::uint64_t seed);

/// Every sort of the kind, up to the first that isn't right. The last one, if all were.
Sorting every_permutation(std::size_t largest);
Sorting every_size(std::size_t largest, std::uint64_t seed);
Sorting equal_keys(std::uint64_t seed);  // keys 0 to 7
Sorting descending_order(std::uint64_t seed);

/// Each comparison throws in turn, up to the first time that an element is lost or left behind; the
/// last one, which nothing interrupted, otherwise.
Sorting throws_at_each_comparison(Keys keys, std::size_t n, std::uint64_t seed);
/// Each allocation throws in turn; as above.
Sorting fails_at_each_allocation(Keys keys, std::size_t n, std::uint64_t seed);

}  // namespace kit::scenarios
