// rejected by: Cost.NoLineWrittenByTwo
// One counter for all. A user sees that more threads count no more than one.
#pragma once

#include <atomic>
#include <cstdint>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned) {}

  void add(unsigned, std::int64_t d) { count_.fetch_add(d, std::memory_order_relaxed); }
  std::int64_t sum() const { return count_.load(std::memory_order_relaxed); }

 private:
  std::atomic<std::int64_t> count_{0};
};

}  // namespace kit
