// rejected by: Correct.OneThread, Correct.SumAfterJoin
// Adds up privately and publishes every 64th time, to write the shared line less often. A user sees
// totals that are too small, for ever if a thread has nothing more to do.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned threads) : slots_(threads) {}

  void add(unsigned thread, std::int64_t d) {
    Slot& mine = slots_[thread];
    mine.held += d;
    if (++mine.adds % 64 != 0) return;
    mine.count.store(mine.count.load(std::memory_order_relaxed) + mine.held,
                     std::memory_order_relaxed);
    mine.held = 0;
  }

  std::int64_t sum() const {
    std::int64_t all = 0;
    for (const Slot& each : slots_) all += each.count.load(std::memory_order_relaxed);
    return all;
  }

 private:
  struct alignas(64) Slot {
    std::atomic<std::int64_t> count{0};
    std::int64_t held = 0;
    unsigned adds = 0;
  };
  std::vector<Slot> slots_;
};

}  // namespace kit
