// rejected by: Correct.LargeAmounts
// Counts in an int: enough for requests, not for bytes. A user sees a total that is negative after
// two gigabytes.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned threads) : slots_(threads) {}

  void add(unsigned thread, std::int64_t d) {
    slots_[thread].count.fetch_add(static_cast<int>(d), std::memory_order_relaxed);
  }

  std::int64_t sum() const {
    std::int64_t all = 0;
    for (const Slot& each : slots_) all += each.count.load(std::memory_order_relaxed);
    return all;
  }

 private:
  struct alignas(64) Slot {
    std::atomic<int> count{0};
  };
  std::vector<Slot> slots_;
};

}  // namespace kit
