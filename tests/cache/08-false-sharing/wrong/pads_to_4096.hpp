// rejected by: Cost.Memory
// A page for each counter, to be on the safe side. A user sees 4 MB for a thousand threads, and a
// sum that misses a page of the address table at each read.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned threads) : slots_(threads) {}

  void add(unsigned thread, std::int64_t d) {
    slots_[thread].count.fetch_add(d, std::memory_order_relaxed);
  }

  std::int64_t sum() const {
    std::int64_t all = 0;
    for (const Slot& each : slots_) all += each.count.load(std::memory_order_relaxed);
    return all;
  }

 private:
  struct alignas(4096) Slot {
    std::atomic<std::int64_t> count{0};
  };
  std::vector<Slot> slots_;
};

}  // namespace kit
