// An array of numbers as the runs see it, whatever holds them. The runs are compiled once; an edit compiles only
// numbers_scenarios.cpp and other_types_scenarios.cpp, the two files that include the submission, so it is fast.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include "lens/growth/counted.hpp"

namespace kit::scenarios {

using Element = lens::CountedInt<true>;   // its move can't throw
using Fragile = lens::CountedInt<false>;  // its copy and its move may

/// Can only be moved, and its move may throw: nothing of it may be moved where it can't be undone.
struct Single : lens::CountedInt<false, Single> {
  using CountedInt::CountedInt;
  Single(Single&&) = default;
  Single& operator=(Single&&) = default;
};

/// A DynamicArray of one of the three: what is called here is called there, and throws what that throws.
class Numbers {
 public:
  virtual ~Numbers() = default;

  /// push_back of an element to move from; `left`: what that element holds afterwards, also if it threw.
  virtual void push(int number, int* left = nullptr) = 0;
  virtual void push_copy(int number) = 0;
  virtual void pop_back() = 0;
  virtual void shrink_to_fit() = 0;

  virtual int operator[](std::size_t i) = 0;  // each asks the operator[] of its own constness
  virtual int operator[](std::size_t i) const = 0;
  virtual const void* address(std::size_t i) const = 0;
  virtual const void* address_behind_data(std::size_t i) const = 0;
  virtual const void* data() const = 0;
  virtual std::size_t size() const = 0;
  virtual std::size_t capacity() const = 0;
  virtual bool empty() const = 0;

  /// DynamicArray<T>(std::move(this array)).
  virtual std::unique_ptr<Numbers> moved_on() = 0;
  /// This array = std::move(that one), which has the same type of element.
  virtual void take(Numbers& other) = 0;
};

std::unique_ptr<Numbers> new_elements();
std::unique_ptr<Numbers> new_fragile();
std::unique_ptr<Numbers> new_single();

/// Are the elements 0, 1, ..., size - 1?
inline bool holds_numbers(const Numbers& array, std::size_t size) {
  if (array.size() != size) return false;
  for (std::size_t i = 0; i < size; ++i) {
    if (array[i] != static_cast<int>(i)) return false;
  }
  return true;
}

inline std::int64_t signed_of(std::size_t n) {
  return static_cast<std::int64_t>(n);
}

}  // namespace kit::scenarios
