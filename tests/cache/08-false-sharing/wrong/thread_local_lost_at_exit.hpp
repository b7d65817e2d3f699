// rejected by: Correct.SumAfterJoin
// Counts in a thread_local that the object only points to: when the thread ends, its count goes
// with it. A user sees totals that fall when a worker is replaced.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <vector>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned) {}

  void add(unsigned, std::int64_t d) {
    auto& mine = my_count();
    mine.store(mine.load(std::memory_order_relaxed) + d, std::memory_order_relaxed);
  }

  std::int64_t sum() const {
    const std::lock_guard lock(*mutex_);
    std::int64_t all = 0;
    for (const auto& each : *counts_) all += each->load(std::memory_order_relaxed);
    return all;
  }

 private:
  using Count = std::atomic<std::int64_t>;
  using Counts = std::vector<Count*>;

  struct Mine {
    struct Entry {
      std::shared_ptr<std::mutex> mutex;
      std::shared_ptr<Counts> counts;
      std::unique_ptr<Count> count;
    };
    std::map<std::uint64_t, Entry> by_object;
    ~Mine() {
      for (auto& [object, entry] : by_object) {
        const std::lock_guard lock(*entry.mutex);
        std::erase(*entry.counts, entry.count.get());
      }
    }
  };

  Count& my_count() {
    thread_local Mine mine;
    auto& entry = mine.by_object[number_];
    if (entry.count == nullptr) {
      entry = {mutex_, counts_, std::make_unique<Count>(0)};
      const std::lock_guard lock(*mutex_);
      counts_->push_back(entry.count.get());
    }
    return *entry.count;
  }

  static inline std::atomic<std::uint64_t> made_{0};
  std::uint64_t number_ = ++made_;
  std::shared_ptr<std::mutex> mutex_ = std::make_shared<std::mutex>();
  std::shared_ptr<Counts> counts_ = std::make_shared<Counts>();
};

}  // namespace kit
