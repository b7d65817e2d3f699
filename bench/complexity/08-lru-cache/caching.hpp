// The work of the bench of complexity/08-lru-cache, the same for every cache: keys are asked for,
// and put where they are missing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

namespace kit::bench {

// How many of the keys were there. A cache lives from run to run, so that it stays warm.
template <class Cache>
std::uint64_t ask(Cache& cache, const std::uint64_t* keys, std::size_t count) {
  std::uint64_t hits = 0;
  for (std::size_t i = 0; i < count; ++i) {
    if (const std::uint64_t* found = cache.get(keys[i])) {
      hits += *found == ~keys[i];
    } else {
      cache.put(keys[i], ~keys[i]);
    }
  }
  return hits;
}

// What a cache exports: of numbers to numbers.
struct Caching {
  void* (*make)(std::size_t capacity);
  void (*end)(void* cache);
  std::uint64_t (*ask)(void* cache, const std::uint64_t* keys, std::size_t count);
};

template <class Cache>
constexpr Caching caching() {
  return {[](std::size_t capacity) -> void* { return new Cache(capacity); },
          [](void* cache) { delete static_cast<Cache*>(cache); },
          [](void* cache, const std::uint64_t* keys, std::size_t count) {
            return ask(*static_cast<Cache*>(cache), keys, count);
          }};
}

}  // namespace kit::bench
