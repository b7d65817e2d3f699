// A block of the heap for each slot, aligned to its line; plain numbers that are looked at through
// std::atomic_ref, sequentially consistent throughout.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned threads) : first_(new Slot), threads_(threads) {
    Slot* last = first_;
    try {
      for (unsigned t = 1; t < threads; ++t) last = last->next = new Slot;
    } catch (...) {
      free_all();
      throw;
    }
  }
  Counters(const Counters&) = delete;
  Counters& operator=(const Counters&) = delete;
  ~Counters() { free_all(); }

  void add(unsigned thread, std::int64_t d) {
    Slot* mine = first_;
    // A thread's way to its slot is remembered in a line that nobody writes while others add.
    for (unsigned t = 0; t < thread; ++t) mine = mine->next;
    const std::atomic_ref<std::int64_t> count(mine->count);
    count.store(count.load() + d);
  }

  std::int64_t sum() const {
    std::int64_t all = 0;
    for (Slot* each = first_; each != nullptr; each = each->next) {
      all += std::atomic_ref<std::int64_t>(each->count).load();
    }
    return all;
  }

 private:
  struct alignas(64) Slot {
    std::int64_t count = 0;
    Slot* next = nullptr;
  };
  void free_all() {
    while (first_ != nullptr) {
      Slot* const next = first_->next;
      delete first_;
      first_ = next;
    }
  }
  Slot* first_;
  unsigned threads_;
};

}  // namespace kit
