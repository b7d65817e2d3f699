// Counters(threads): a sum that `threads` threads add to, each under its own number.
//
// REQUIRES: threads >= 1; thread < threads; d >= 0, and the sum of all fits into 63 bits. At any
//           moment at most one thread adds under a number; who does so may change, if the older
//           thread's last add happens before the newer one's first. Anybody may call sum at any
//           time. No call is under way while the object is made or destroyed.
// ENSURES:  a sum counts every add that ended before it began, and none that begins after it has
//           ended; an add in between may count or not. So two sums by one thread, one after the
//           other, never fall. Objects don't know of each other.
// THROWS:   std::bad_alloc, in the constructor; nothing afterwards.
// COST:     no line of 64 bytes is written by two threads' adds. An add takes no lock and at most
//           one atomic read-modify-write (fetch_add, exchange, compare_exchange). The object and
//           all that its constructor asks of the heap: at most 128 * threads + 256 bytes; what add
//           asks of the heap: nothing.
#pragma once

#include <atomic>
#include <cstdint>

namespace kit {

class Counters {
 public:
  // Begin here: what may two threads that add under different numbers not have in common?
  explicit Counters([[maybe_unused]] unsigned threads) {}

  Counters(const Counters&) = delete;
  Counters& operator=(const Counters&) = delete;

  void add([[maybe_unused]] unsigned thread, [[maybe_unused]] std::int64_t d) {}

  std::int64_t sum() const { return 0; }
};

}  // namespace kit
