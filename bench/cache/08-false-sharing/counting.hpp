// The work of the bench of cache/08-false-sharing: two threads add, each under its own number.
#pragma once

#include <cstdint>

namespace kit::bench {

struct Counting {
  void* (*make)(unsigned threads);
  void (*end)(void* counters);
  void (*add)(void* counters, unsigned thread, long long times);  // 1, that often
  std::int64_t (*sum)(const void* counters);
};

template <class Counters>
constexpr Counting counting() {
  return {[](unsigned threads) -> void* { return new Counters(threads); },
          [](void* it) { delete static_cast<Counters*>(it); },
          [](void* it, unsigned thread, long long times) {
            auto& counters = *static_cast<Counters*>(it);
            for (long long i = 0; i < times; ++i) {
              counters.add(thread, 1);
              asm volatile("" ::: "memory");  // each add by itself
            }
          },
          [](const void* it) { return static_cast<const Counters*>(it)->sum(); }};
}

}  // namespace kit::bench
