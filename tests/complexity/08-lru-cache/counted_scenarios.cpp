// Keys and values that count what is done to them, and the cache that holds them.
#include <algorithm>
#include <optional>

#include "complexity/08-lru-cache/lru_cache_scenarios.hpp"
#include "complexity/08-lru-cache/steps.hpp"
#include "lens/growth/allocations.hpp"
#include "lens/growth/key_orders.hpp"
#include "lru_cache.hpp"

namespace kit::scenarios {
namespace {

struct Failed {};

// What happened, and what is about to fail: the k-th from now on.
struct Watch {
  std::int64_t hashes = 0, equals = 0, copies = 0, held = 0;
  int value_that_fails = 0, hash_that_fails = 0;
  static void count_down(int& left) {
    if (left > 0 && --left == 0) throw Failed();
  }
};
Watch watch;

struct Key {
  int number = 0;
};

// A number, or nothing: 0 is nothing. Copies are there, and seen.
class Value {
 public:
  Value() = default;
  explicit Value(int number) : number_(number) { ++watch.held; }
  Value(const Value& other) : number_(other.number_) {
    ++watch.copies;
    watch.held += number_ != 0;
  }
  Value(Value&& other) : number_(other.taken()) {}
  Value& operator=(const Value& other) {
    ++watch.copies;
    watch.held += (other.number_ != 0) - (number_ != 0);
    number_ = other.number_;
    return *this;
  }
  Value& operator=(Value&& other) {
    if (this == &other) return *this;
    const int number = other.taken();
    watch.held -= number_ != 0;
    number_ = number;
    return *this;
  }
  ~Value() { watch.held -= number_ != 0; }
  int number() const { return number_; }

 private:
  // Where a move throws, nothing was taken.
  int taken() {
    Watch::count_down(watch.value_that_fails);
    return std::exchange(number_, 0);
  }
  int number_ = 0;
};

struct Hash {
  Keys keys = {};
  std::size_t operator()(const Key& k) const {
    ++watch.hashes;
    Watch::count_down(watch.hash_that_fails);
    if (keys.collide) return 7;
    std::uint64_t mixed = static_cast<std::uint64_t>(k.number % keys.modulus) + 1;
    mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111ebU;
    return static_cast<std::size_t>(mixed ^ (mixed >> 31));
  }
};

struct Equal {
  Keys keys = {};
  bool operator()(const Key& x, const Key& y) const {
    ++watch.equals;
    return x.number % keys.modulus == y.number % keys.modulus;
  }
};

using Cache = LruCache<Key, Value, Hash, Equal>;

Seen seen_at(const Value* value) {
  Seen seen;
  seen.found = value != nullptr;
  if (value != nullptr) seen.value = value->number();
  return seen;
}

Seen done(Cache& cache, const Operation& each) {
  Seen seen;
  switch (each.kind) {
    case Operation::Kind::put:
      cache.put(Key{each.key}, Value(each.value));
      break;
    case Operation::Kind::get:
      seen = seen_at(cache.get(Key{each.key}));
      break;
    case Operation::Kind::peek:
      seen = seen_at(static_cast<const Cache&>(cache).peek(Key{each.key}));
      break;
    case Operation::Kind::erase:
      seen.found = cache.erase(Key{each.key});
      break;
  }
  return seen;
}

Seen tried(Cache& cache, const Operation& each) {
  watch.value_that_fails = each.fault == Fault::value_moves ? each.at : 0;
  watch.hash_that_fails = each.fault == Fault::hash ? each.at : 0;
  std::optional<lens::FailAllocation> failing;
  if (each.fault == Fault::allocation) failing.emplace(each.at);
  Seen seen, failed;
  failed.threw = true;
  try {
    seen = done(cache, each);
  } catch (const Failed&) {
    seen = failed;
  } catch (const std::bad_alloc&) {
    seen = failed;
  }
  watch.value_that_fails = watch.hash_that_fails = 0;
  return seen;
}

// What `code` took.
struct Taken {
  std::int64_t steps = 0, hashes = 0, blocks = 0;
};
template <class Code>
Taken taken_by(Code code) {
  const std::int64_t hashes = watch.hashes;
  const lens::CountAllocations blocks;
  const std::int64_t steps = steps_so_far();
  code();
  return {steps_so_far() - steps, watch.hashes - hashes, blocks.calls()};
}

constexpr int kHundredfold = 100;

int value_of(int key) {
  return key * kHundredfold + 1;
}

}  // namespace

std::vector<Seen> run_on_counted(std::size_t capacity, const std::vector<Operation>& all,
                                 Keys keys) {
  watch = {};
  std::vector<Seen> out;
  out.reserve(all.size());
  Cache cache(capacity, Hash{keys}, Equal{keys});
  for (const Operation& each : all) {
    about_to(capacity, each);
    const std::int64_t hashes = watch.hashes;
    Seen seen = tried(cache, each);
    seen.size = cache.size();
    seen.held = watch.held;
    seen.copies = watch.copies;
    seen.hashes = watch.hashes - hashes;
    out.push_back(seen);
  }
  return out;
}

Warm warm_run(std::size_t capacity, int asked, std::uint64_t seed, int warm_up) {
  constexpr std::int64_t kPatience = 5'000;  // steps an operation
  Warm warm;
  warm.capacity = capacity;
  watch = {};
  Cache cache(capacity);
  const int keys = static_cast<int>(capacity);
  const auto put = [&](int key) {
    const Taken taken = taken_by([&] { cache.put(Key{key}, Value(value_of(key))); });
    warm.put_steps += taken.steps;
    ++warm.puts;
    return taken;
  };
  // The last `capacity` of them are the keys 0 to capacity - 1.
  for (int i = warm_up * keys - 1; i >= 0 && !warm.stopped; --i) {
    put(i);
    warm.stopped = warm.put_steps > kPatience * (warm.puts + 200);
  }
  if (!warm.stopped) {
    warm.puts = warm.put_steps = 0;
    lens::Random random(seed);
    int hits = 0;
    for (int i = 0; i < asked && warm.right && !warm.stopped; ++i) {
      const int key = static_cast<int>(random.below(2 * capacity));
      const Value* found = nullptr;
      Taken taken = taken_by([&] { found = cache.get(Key{key}); });
      warm.get_steps += taken.steps;
      ++warm.gets;
      warm.blocks += taken.blocks;
      warm.most_hashes = std::max(warm.most_hashes, taken.hashes);
      if (found != nullptr) {
        ++hits;
        warm.right = found->number() == value_of(key);
      } else {
        taken = put(key);
        warm.blocks += taken.blocks;
        warm.most_hashes = std::max(warm.most_hashes, taken.hashes);
        found = cache.peek(Key{key});
        warm.right = found != nullptr && found->number() == value_of(key);
      }
      warm.stopped = warm.get_steps + warm.put_steps > kPatience * (warm.gets + 200);
    }
    // About one half of the keys are held at any time.
    if (!warm.stopped) {
      warm.right =
          warm.right && cache.size() == capacity && 10 * hits > 3 * asked && 10 * hits < 7 * asked;
    }
  }
  warm.operations = warm.gets + warm.puts;
  warm.steps = warm.get_steps + warm.put_steps;
  return warm;
}

std::int64_t dearest_colliding_get(std::size_t capacity) {
  watch = {};
  const Keys keys{.collide = true};
  Cache cache(capacity, Hash{keys}, Equal{keys});
  const int count = static_cast<int>(capacity);
  for (int key = 0; key < count; ++key) cache.put(Key{key}, Value(value_of(key)));
  std::int64_t dearest = 0;
  for (const int key : {0, count / 2, count - 1, count}) {
    watch.equals = 0;
    cache.get(Key{key});
    dearest = std::max(dearest, watch.equals);
  }
  return dearest;
}

Memory memory_of(std::size_t capacity) {
  watch = {};
  Memory memory;
  memory.payload = sizeof(Key) + sizeof(Value);
  const lens::CountAllocations count;
  Cache cache(capacity);
  const int keys = static_cast<int>(capacity);
  for (int key = 0; key < keys; ++key) cache.put(Key{key}, Value(value_of(key)));
  memory.bytes = count.peak_bytes();
  memory.right = cache.size() == capacity;
  for (int key = 0; key < keys && memory.right; ++key) {
    const Value* found = cache.peek(Key{key});
    memory.right = found != nullptr && found->number() == value_of(key);
  }
  return memory;
}

}  // namespace kit::scenarios
