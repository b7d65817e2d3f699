// Slots 64 bytes apart, wherever the heap puts the first one: each has one word that is written, so
// no line holds two of them, though none begins a line.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned threads)
      : threads_(threads), words_(std::make_unique<Word[]>(8 * std::size_t{threads})) {}

  void add(unsigned thread, std::int64_t d) {
    words_[8 * std::size_t{thread}].fetch_add(d, std::memory_order_relaxed);
  }

  std::int64_t sum() const {
    std::int64_t all = 0;
    for (std::size_t t = 0; t < threads_; ++t) all += words_[8 * t].load(std::memory_order_relaxed);
    return all;
  }

 private:
  using Word = std::atomic<std::int64_t>;
  std::size_t threads_;
  std::unique_ptr<Word[]> words_;
};

}  // namespace kit
