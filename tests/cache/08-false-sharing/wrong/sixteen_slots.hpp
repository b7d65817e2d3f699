// rejected by: Robust.ManyThreads
// Room for sixteen threads, "more than the machine has cores"; what comes under a higher number is
// dropped. A user sees adds lost from the day of the larger machine on.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned threads) : threads_(threads) {}

  void add(unsigned thread, std::int64_t d) {
    if (thread >= slots_.size()) return;
    auto& mine = slots_[thread].count;
    mine.store(mine.load(std::memory_order_relaxed) + d, std::memory_order_relaxed);
  }

  std::int64_t sum() const {
    std::int64_t all = 0;
    for (const Slot& each : slots_) all += each.count.load(std::memory_order_relaxed);
    return threads_ == 0 ? 0 : all;
  }

 private:
  struct alignas(64) Slot {
    std::atomic<std::int64_t> count{0};
  };
  unsigned threads_;
  std::array<Slot, 16> slots_;
};

}  // namespace kit
