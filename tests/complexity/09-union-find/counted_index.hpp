// A std::uint32_t that counts how often it is read and written. What is made from a number and
// not yet read is not counted.
#pragma once

#include <cstdint>

namespace kit::scenarios {

class CountedIndex {
 public:
  static inline std::int64_t reads = 0, writes = 0;

  CountedIndex() = default;
  CountedIndex(std::uint32_t value) : value_(value) {}  // NOLINT: implicit, as between numbers
  CountedIndex(const CountedIndex& other) : value_(other.value_) { ++reads; }
  CountedIndex& operator=(const CountedIndex& other) {
    value_ = other.value_;
    ++reads;
    ++writes;
    return *this;
  }
  // Gives the number, so that  x == p[x] ? x : p[x] = find(p[x])  is one type.
  std::uint32_t operator=(std::uint32_t value) {
    value_ = value;
    ++writes;
    return value;
  }
  CountedIndex& operator++() {
    ++value_;
    ++reads;
    ++writes;
    return *this;
  }
  operator std::uint32_t() const {  // NOLINT
    ++reads;
    return value_;
  }

 private:
  std::uint32_t value_ = 0;
};

}  // namespace kit::scenarios
