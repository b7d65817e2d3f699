// rejected by: Cost.NoLineWrittenByTwo
// A counter for each thread, side by side: eight of them share a line. A user sees eight threads
// count more slowly than one.
#pragma once

#include <atomic>
#include <cstdint>
#include <vector>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned threads) : counts_(threads) {}

  void add(unsigned thread, std::int64_t d) {
    counts_[thread].fetch_add(d, std::memory_order_relaxed);
  }

  std::int64_t sum() const {
    std::int64_t all = 0;
    for (const auto& each : counts_) all += each.load(std::memory_order_relaxed);
    return all;
  }

 private:
  std::vector<std::atomic<std::int64_t>> counts_;
};

}  // namespace kit
