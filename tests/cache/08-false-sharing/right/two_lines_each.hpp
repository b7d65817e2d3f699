// 128 bytes a slot, for processors that fetch lines in pairs; aligned by hand in one block, with a
// compare-and-exchange that nobody ever makes fail.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned threads)
      : room_(std::make_unique<std::byte[]>(kSlot * threads + kSlot)), threads_(threads) {
    void* at = room_.get();
    std::size_t left = kSlot * threads + kSlot;
    begin_ = static_cast<std::byte*>(std::align(kSlot, kSlot * threads, at, left));
    for (std::size_t t = 0; t < threads; ++t) new (begin_ + kSlot * t) Word(0);
  }

  void add(unsigned thread, std::int64_t d) {
    Word& mine = word(thread);
    std::int64_t old = mine.load(std::memory_order_relaxed);
    while (!mine.compare_exchange_strong(old, old + d)) {
    }
  }

  std::int64_t sum() const {
    std::int64_t all = 0;
    for (unsigned t = 0; t < threads_; ++t) all += word(t).load(std::memory_order_acquire);
    return all;
  }

 private:
  using Word = std::atomic<std::int64_t>;
  static constexpr std::size_t kSlot = 128;
  Word& word(unsigned thread) const {
    return *std::launder(reinterpret_cast<Word*>(begin_ + kSlot * thread));
  }
  std::unique_ptr<std::byte[]> room_;
  std::byte* begin_ = nullptr;
  unsigned threads_;
};

}  // namespace kit
