// rejected by: Correct.OneThread, Correct.SumWhileRunning
// Counts in a thread_local that is added to the total when its thread ends: right after a join, and
// nothing at all before. A user sees a monitor that shows 0 for a server that never stops.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned) {}

  void add(unsigned, std::int64_t d) {
    thread_local Mine mine;
    auto& entry = mine.by_total[total_];
    entry += d;
  }

  std::int64_t sum() const { return total_->load(); }

 private:
  using Total = std::shared_ptr<std::atomic<std::int64_t>>;
  struct Mine {
    std::map<Total, std::int64_t> by_total;
    ~Mine() {
      for (auto& [total, count] : by_total) *total += count;
    }
  };
  Total total_ = std::make_shared<std::atomic<std::int64_t>>(0);
};

}  // namespace kit
