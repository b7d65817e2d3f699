// DynamicArray<T>: the growing array under std::vector.
//
// THROWS: std::length_error where the buffer would be above PTRDIFF_MAX bytes (a growth that would
//         go beyond it may also take just what is allowed); std::bad_alloc; what T's copy or move
//         throws.
// COST:   any m pushes relocate at most 3m + 64 elements (grow by 3/2 or more); any N pushes and
//         pops, in any order, at most 3N + 64. A relocation is a move or copy of an element from
//         the old buffer to a new one; building the pushed element isn't one. One allocation a
//         growth, by ::operator new (std::allocator asks it too), aligned for T. Behind size() no
//         element exists.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace kit {

template <class T>
class DynamicArray {
 public:
  /// ENSURES: empty, capacity() == 0, nothing allocated.
  DynamicArray() noexcept = default;

  /// ENSURES: every element is destroyed once, and the buffer given back.
  ~DynamicArray() {}

  DynamicArray(const DynamicArray&) = delete;
  DynamicArray& operator=(const DynamicArray&) = delete;

  /// ENSURES: has the other's elements at their addresses; the other is empty. Moving onto itself
  ///          changes nothing.
  DynamicArray(DynamicArray&&) noexcept {}
  DynamicArray& operator=(DynamicArray&&) noexcept { return *this; }

  /// Appends a copy of v, or v itself moved; v may be an element of this array.
  /// ENSURES: where it throws nothing has changed: size, elements, their addresses. (Excused: a T
  ///          that can't be copied and whose move throws.)
  // Begin here: what has to be in place before anything old is touched?
  void push_back(const T&) {}
  void push_back(T&&) {}

  /// REQUIRES: !empty().
  /// ENSURES:  afterwards capacity() <= max(16, 4 * size()), if the smaller buffer could be had and
  ///           moving can't throw. Where moving may throw T is never moved; it may be copied, or
  ///           the buffer stays. What throws meanwhile is swallowed, and no element is lost.
  void pop_back() noexcept {}

  /// REQUIRES: i < size().
  T& operator[](std::size_t i) noexcept { return data_[i]; }
  const T& operator[](std::size_t i) const noexcept { return data_[i]; }

  T* data() noexcept { return data_; }
  const T* data() const noexcept { return data_; }
  std::size_t size() const noexcept { return size_; }
  std::size_t capacity() const noexcept { return capacity_; }
  bool empty() const noexcept { return size_ == 0; }

  /// ENSURES: capacity() == size(); where it throws nothing has changed.
  void shrink_to_fit() {}

 private:
  T* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace kit
