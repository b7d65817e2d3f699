// What the suite does with a UnionFind, and the plain values in which it says what it saw.
// Compiled with the submission and without GoogleTest, so that an edit compiles fast;
// union_find_test.cpp knows what is right, judges and speaks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kit::scenarios {

/// What the running test is about to do, shown if it crashes there; union_find_test.cpp has it.
void doing(const char* what);

struct Operation {
  enum class Kind { unite, together, find, size_of };
  Kind kind = Kind::unite;
  std::uint32_t x = 0, y = 0;
};

/// What was seen of one operation.
struct Seen {
  enum class Threw { nothing, out_of_range, other };
  Threw threw = Threw::nothing;
  bool answer = false;      // of unite and together
  std::uint32_t value = 0;  // of find and size_of
  std::size_t islands = 0;  // afterwards
};

/// On a UnionFind<>, the one with std::uint32_t, and on one whose parents count.
std::vector<Seen> run(std::size_t n, const std::vector<Operation>& all);
std::vector<Seen> run_counted(std::size_t n, const std::vector<Operation>& all);

/// The cost of a series of operations.
struct Cost {
  bool right = true;
  std::int64_t finds = 0;              // asked for: a unite or together is two
  std::int64_t reads = 0, writes = 0;  // of parents
  std::int64_t n = 0;
  std::int64_t blocks = 0;  // asked of the heap (with binomial trees: by the suite, too)
  bool over = false;        // stopped where reads or writes passed 5 (finds + n)
};

/// The orders of unites: links of a chain, from either end and with either argument first; all to
/// one; binomial trees, united by their
/// roots; one island that grows by the next machine, downwards or upwards, linked to any of its own;
/// at random.
enum class Order {
  chain_up,
  chain_down,
  chain_up_swapped,
  chain_down_swapped,
  star,
  star_swapped,
  binomial,
  grows_down,
  grows_up,
  random
};

/// n machines united in this order. Then n finds: of both ends of a chain or star, of the deepest
/// leaf of the binomial tree, or of machines at random.
Cost cost_of(Order order, std::size_t n, std::uint64_t seed, bool stop_when_over = true);

/// Reads of parents by the dearest single find in a binomial tree of n machines, n at least 2.
std::int64_t dearest_find(std::size_t n);

/// Bytes of stack that the deepest call needs in a chain of n, made in four ways.
struct Stack {
  bool right = true;
  bool hopeless = false;  // links of 4,096 alone passed the bound: a million were not tried
  std::int64_t bytes = 0;
};
Stack stack_of_chains(std::size_t n);

/// Heap bytes after construction.
std::int64_t memory_of(std::size_t n);

}  // namespace kit::scenarios
