// What the suite does with select, and the plain values in which it says what it saw. Compiled with the
// submission and without GoogleTest, so that an edit compiles fast; quickselect_test.cpp judges and
// speaks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "lens/growth/key_orders.hpp"

namespace kit::scenarios {

/// What the running test is about to do, shown if it crashes there; quickselect_test.cpp has it.
void doing(const char* what);

/// Comparisons an element after which a selection is stopped: what is quadratic ends at once.
inline constexpr std::int64_t kMostComparisons = 64;

/// One selection, what it was asked and how it ended.
struct Selection {
  enum class End { returned, too_many_comparisons };
  enum class Input { keys, order, heap_killer, enemy };
  Input input = Input::keys;
  lens::Order order = lens::Order::random;
  std::size_t n = 0, k = 0;
  bool descending = false;  // less is greater
  std::vector<int> keys;    // if n <= 16
  End end = End::returned;
  int expected = 0, seen = 0;    // the key at a[k]; with an enemy its rank
  bool is_at_k = true;           // what was returned is a[k]
  std::optional<int> lost = {};  // the key of an element that isn't there any more
  std::int64_t comparisons = 0;
  std::int64_t allocations = 0, heap_bytes = 0, stack_bytes = 0;  // where it was asked for

  bool right() const { return end == End::returned && seen == expected && is_at_k && !lost; }
};

Selection select_of(const std::vector<int>& keys, std::size_t k);
Selection select_in_order(lens::Order order, std::size_t n, std::size_t k, std::uint64_t seed);
/// Up to the rank, then down from the largest: each element from k on displaces the root of a heap of
/// the k + 1 smallest so far, and goes to its top again.
Selection select_against_heaps(std::size_t n, std::size_t k);
/// McIlroy's adversary: it makes the order up while it is asked.
Selection select_against_an_enemy(std::size_t n, std::size_t k);

/// Every selection of the kind, up to the first that isn't right. The last one, if all were.
Selection every_small_input();
Selection many_sizes_and_ranks(std::uint64_t seed, bool descending);

/// With allocations, and with the stack below the caller.
Selection memory_in_order(lens::Order order, std::size_t n, std::size_t k, std::uint64_t seed);
Selection memory_against_an_enemy(std::size_t n, std::size_t k);

/// A rank that isn't below the number of elements.
struct Outside {
  enum class End { out_of_range, another_exception, no_exception };
  std::size_t n = 0, k = 0;
  End end = End::no_exception;
  bool changed = false;
  bool right() const { return end == End::out_of_range && !changed; }
};
Outside rank_outside(std::size_t n, std::size_t k);

/// What happened to elements that may only be moved.
struct Elements {
  std::size_t n = 0, k = 0;
  bool right = true;
  std::int64_t copies = 0, defaults = 0;
};
Elements elements_touched(std::size_t n, std::size_t k, std::uint64_t seed);

/// A selection whose comparison number `call` throws; ends at the first that isn't right, or when all
/// went well.
struct Interrupted {
  enum class Fault { none, swallowed, not_destroyed, destroyed_twice, twice_there, stranger };
  std::size_t n = 0;
  std::int64_t call = 0, elements = 0;  // too many, or too few
  int key = 0;
  Fault fault = Fault::none;
};
Interrupted throws_at_each_comparison(std::size_t n, std::size_t k, std::uint64_t seed);

}  // namespace kit::scenarios
