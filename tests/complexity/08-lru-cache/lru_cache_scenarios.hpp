// What the suite does with an LruCache, and the plain values in which it says what it saw.
// Compiled with the submission and without GoogleTest, so that an edit compiles fast;
// lru_cache_test.cpp knows what is right, judges and speaks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace kit::scenarios {

/// What goes wrong inside of one operation: the `at`-th event of the kind.
enum class Fault { none, value_moves, hash, allocation };

struct Operation {
  enum class Kind { put, get, peek, erase };
  Kind kind = Kind::put;
  int key = 0, value = 0;
  Fault fault = Fault::none;
  int at = 0;
};

/// What was seen of one operation.
struct Seen {
  bool threw = false;
  bool found = false;  // of get and peek: not null; of erase: true
  int value = 0;
  std::size_t size = 0;     // afterwards
  std::int64_t held = 0;    // values with something in them, anywhere
  std::int64_t copies = 0;  // of values, so far
  std::int64_t hashes = 0;  // calls of Hash by it
  std::int64_t blocks = 0;  // asked of the heap by it
};

/// How keys hash and compare.
struct Keys {
  int modulus = 1 << 30;  // two keys are the same if they are so modulo this
  bool collide = false;   // Hash gives 7 for each
};

/// Called before each operation, for what is shown if it crashes there.
void about_to(std::size_t capacity, const Operation& next);

/// The operations on a cache with keys that are long strings, std::hash and std::equal_to.
std::vector<Seen> run_on_strings(std::size_t capacity, const std::vector<Operation>& all);

/// On a cache with keys and values that count, and a Hash and an Eq of the suite's.
std::vector<Seen> run_on_counted(std::size_t capacity, const std::vector<Operation>& all,
                                 Keys keys = {});

/// A cache that first takes 8 * capacity new keys, and is then asked for `asked` keys at random out
/// of 2 * capacity; what isn't there is put.
struct Warm {
  std::size_t capacity = 0;
  bool right = true;
  std::int64_t operations = 0;  // gets and puts that were counted
  std::int64_t steps = 0;       // in them
  std::int64_t put_steps = 0, puts = 0, get_steps = 0, gets = 0;
  std::int64_t blocks = 0;       // asked of the heap in them
  std::int64_t most_hashes = 0;  // by one of them
  bool stopped = false;          // too slow to be waited for: what was counted is from before
};
Warm warm_run(std::size_t capacity, int asked, std::uint64_t seed, int warm_up = 8);

/// Calls of Eq by the dearest get of a full cache whose keys all hash to 7.
std::int64_t dearest_colliding_get(std::size_t capacity);

/// The most that a cache with `capacity` keys in it had of the heap; below 0 where it doesn't hold
/// them.
struct Memory {
  bool right = false;
  std::int64_t bytes = 0;
  std::int64_t payload = 0;  // sizeof(K) + sizeof(V)
};
Memory memory_of(std::size_t capacity);

}  // namespace kit::scenarios
