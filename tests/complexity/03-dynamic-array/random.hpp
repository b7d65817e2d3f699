// Random numbers that are the same everywhere.
#pragma once

#include <cstdint>

namespace kit::scenarios {

/// xorshift64*: small, and the same everywhere.
class Random {
 public:
  explicit Random(std::uint64_t seed) : state_(seed * 2 + 1) {}
  std::uint64_t operator()() {
    state_ ^= state_ >> 12;
    state_ ^= state_ << 25;
    state_ ^= state_ >> 27;
    return state_ * 0x2545F4914F6CDD1DULL >> 16;
  }
  bool chance(std::uint64_t percent) { return (*this)() % 100 < percent; }

 private:
  std::uint64_t state_;
};

}  // namespace kit::scenarios
