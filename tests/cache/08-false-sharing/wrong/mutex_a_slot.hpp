// rejected by: Cost.NoLock
// Slots a line apart, each with a lock of its own so that the sum may read it. A user sees a
// monitor that is stopped at the wrong moment stop a thread that serves requests.
#pragma once

#include <cstdint>
#include <mutex>
#include <vector>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned threads) : slots_(threads) {}

  void add(unsigned thread, std::int64_t d) {
    Slot& mine = slots_[thread];
    const std::lock_guard lock(mine.mutex);
    mine.count += d;
  }

  std::int64_t sum() const {
    std::int64_t all = 0;
    for (const Slot& each : slots_) {
      const std::lock_guard lock(each.mutex);
      all += each.count;
    }
    return all;
  }

 private:
  struct alignas(64) Slot {
    mutable std::mutex mutex;
    std::int64_t count = 0;
  };
  std::vector<Slot> slots_;
};

}  // namespace kit
