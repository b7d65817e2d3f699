// Counters(threads): a slot of one line for each thread.
//
//   line   0 . . . . . . 63 | 64 . . . . . 127 | 128 ...
//          count, unused    | count, unused    |
//          thread 0         | thread 1         | ...
//
// A core that writes takes the whole line from all others. With a line for each thread nobody
// takes anything: an add finds its line where the last add left it. A sum reads all of them, and
// that is when they move.
//
// Only one thread writes a slot, so load, add and store need not be one operation. They are atomic
// because another thread reads meanwhile. Relaxed: each slot by itself never falls, an add that
// ended before (by whatever told the reader so) is in what is read, and nothing else is promised.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace kit {

class Counters {
 public:
  explicit Counters(unsigned threads) : slots_(threads) {}

  Counters(const Counters&) = delete;
  Counters& operator=(const Counters&) = delete;

  void add(unsigned thread, std::int64_t d) {
    std::atomic<std::int64_t>& mine = slots_[thread].count;
    mine.store(mine.load(std::memory_order_relaxed) + d, std::memory_order_relaxed);
  }

  std::int64_t sum() const {
    std::int64_t all = 0;
    for (const Slot& each : slots_) all += each.count.load(std::memory_order_relaxed);
    return all;
  }

 private:
  static constexpr std::size_t kLine = 64;
  struct alignas(kLine) Slot {
    std::atomic<std::int64_t> count{0};
  };
  static_assert(sizeof(Slot) == kLine, "one line, and no line of anybody else's");

  std::vector<Slot> slots_;  // its elements lie where their alignment says, since C++17
};

}  // namespace kit
