// rejected by: Cost.NoLineWrittenByTwo
// Slots a line apart, and a total that every add keeps up to date, so that the sum needs only one
// read. A user sees the readers' cost moved to the writers, who pay it a million times as often.
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
    total_.fetch_add(d, std::memory_order_relaxed);
  }

  std::int64_t sum() const { return total_.load(std::memory_order_relaxed); }

 private:
  struct alignas(64) Slot {
    std::atomic<std::int64_t> count{0};
  };
  std::vector<Slot> slots_;
  std::atomic<std::int64_t> total_{0};
};

}  // namespace kit
