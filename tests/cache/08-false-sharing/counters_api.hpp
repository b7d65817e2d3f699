// A Counters as plain functions: of the ordinary build (counters_scenarios.cpp) and of the traced
// one (counters_traced.cpp), so that the suite, compiled once, can work with both.
#pragma once

#include <cstdint>

namespace kit::scenarios {

struct CountersApi {
  void* (*make)(unsigned threads);
  void (*destroy)(void* counters);
  void (*add)(void* counters, unsigned thread, std::int64_t d);
  std::int64_t (*sum)(const void* counters);
};

template <class Counters>
constexpr CountersApi api_of() {
  return {
      [](unsigned threads) -> void* { return new Counters(threads); },
      [](void* it) { delete static_cast<Counters*>(it); },
      [](void* it, unsigned thread, std::int64_t d) { static_cast<Counters*>(it)->add(thread, d); },
      [](const void* it) { return static_cast<const Counters*>(it)->sum(); }};
}

CountersApi plain_counters();

}  // namespace kit::scenarios
