// rejected by: Cost.NoLineWrittenByTwo
// Padding of 40 bytes behind the counter: "nearly a line". Slots 1 and 2 begin in the same line. A
// user sees some threads slower than others, and not which.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned threads) : slots_(threads) {}

  void add(unsigned thread, std::int64_t d) {
    auto& mine = slots_[thread].count;
    mine.store(mine.load(std::memory_order_relaxed) + d, std::memory_order_relaxed);
  }

  std::int64_t sum() const {
    std::int64_t all = 0;
    for (const Slot& each : slots_) all += each.count.load(std::memory_order_relaxed);
    return all;
  }

 private:
  struct Slot {
    std::atomic<std::int64_t> count{0};
    char padding[40] = {};
  };
  std::vector<Slot> slots_;
};

}  // namespace kit
