// rejected by: Cost.NoLineWrittenByTwo
// Sixty-four slots, taken modulo: thread 64 writes where thread 0 does, without a read-modify-write.
// A user of a large machine sees lines shared again, and now and then an add that is lost.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned threads) : slots_(threads < 64 ? threads : 64) {}

  void add(unsigned thread, std::int64_t d) {
    auto& mine = slots_[thread % slots_.size()].count;
    mine.store(mine.load(std::memory_order_relaxed) + d, std::memory_order_relaxed);
  }

  std::int64_t sum() const {
    std::int64_t all = 0;
    for (const Slot& each : slots_) all += each.count.load(std::memory_order_relaxed);
    return all;
  }

 private:
  struct alignas(64) Slot {
    std::atomic<std::int64_t> count{0};
  };
  std::vector<Slot> slots_;
};

}  // namespace kit
