// rejected by: Cost.NoLineWrittenByTwo, Cost.NoLock
// A lock round one number. A user sees all threads wait when one is stopped while it holds it.
#pragma once

#include <cstdint>
#include <mutex>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned) {}

  void add(unsigned, std::int64_t d) {
    const std::lock_guard lock(mutex_);
    count_ += d;
  }

  std::int64_t sum() const {
    const std::lock_guard lock(mutex_);
    return count_;
  }

 private:
  mutable std::mutex mutex_;
  std::int64_t count_ = 0;
};

}  // namespace kit
