// rejected by: Clean
// Slots a line apart, plain numbers in them: "only one thread writes it". Another one reads it. A
// user sees sums that stand still, once the compiler keeps a count in a register.
#pragma once

#include <cstdint>
#include <vector>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned threads) : slots_(threads) {}

  void add(unsigned thread, std::int64_t d) { slots_[thread].count += d; }

  std::int64_t sum() const {
    std::int64_t all = 0;
    for (const Slot& each : slots_) all += each.count;
    return all;
  }

 private:
  struct alignas(64) Slot {
    std::int64_t count = 0;
  };
  std::vector<Slot> slots_;
};

}  // namespace kit
