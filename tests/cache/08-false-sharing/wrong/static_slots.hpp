// rejected by: Correct.TwoObjects
// The slots are static, so that no object needs memory. A user sees the counts of one table in the
// totals of all.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned threads) {
    slots().clear();
    slots() = std::vector<Slot>(threads);
  }

  void add(unsigned thread, std::int64_t d) {
    auto& mine = slots()[thread].count;
    mine.store(mine.load(std::memory_order_relaxed) + d, std::memory_order_relaxed);
  }

  std::int64_t sum() const {
    std::int64_t all = 0;
    for (const Slot& each : slots()) all += each.count.load(std::memory_order_relaxed);
    return all;
  }

 private:
  struct alignas(64) Slot {
    std::atomic<std::int64_t> count{0};
  };
  static std::vector<Slot>& slots() {
    static std::vector<Slot> all;
    return all;
  }
};

}  // namespace kit
