// What the scenarios share: elements that count, numbers in and out of an array, a small generator.
#pragma once

#include "complexity/03-dynamic-array/dynamic_array_scenarios.hpp"
#include "dynamic_array.hpp"
#include "lens/growth/counted.hpp"

namespace kit::scenarios {

using Element = lens::CountedInt<true>;   // its move can't throw
using Fragile = lens::CountedInt<false>;  // its copy and its move may
using Array = DynamicArray<Element>;

/// Are the elements 0, 1, ..., size - 1?
template <class T>
bool holds_numbers(const DynamicArray<T>& array, std::size_t size) {
  if (array.size() != size) return false;
  for (std::size_t i = 0; i < size; ++i) {
    if (array[i].value() != static_cast<int>(i)) return false;
  }
  return true;
}

inline std::int64_t signed_of(std::size_t n) {
  return static_cast<std::int64_t>(n);
}

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
