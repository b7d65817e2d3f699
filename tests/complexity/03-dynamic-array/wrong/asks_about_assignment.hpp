// rejected by: Robust.ThrowingMoveFallsBackToCopy, Cost.MovesWhenItMay
// Asks whether move assignment can throw, and then constructs. For a type where the two differ it
// moves what may throw half-way, or copies what it could have moved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace kit {

template <class T>
class DynamicArray {
 public:
  DynamicArray() noexcept = default;

  ~DynamicArray() {
    std::destroy_n(data_, size_);
    release(data_);
  }

  DynamicArray(const DynamicArray&) = delete;
  DynamicArray& operator=(const DynamicArray&) = delete;

  DynamicArray(DynamicArray&& other) noexcept { swap(other); }
  DynamicArray& operator=(DynamicArray&& other) noexcept {
    DynamicArray taken(std::move(other));  // leaves other empty, also where it is this array
    swap(taken);
    return *this;
  }

  void push_back(const T& v) { emplace_back(v); }
  void push_back(T&& v) { emplace_back(std::move(v)); }

  void pop_back() noexcept {
    std::destroy_at(data_ + --size_);
    if (capacity_ <= kSmallest || size_ > capacity_ / 4) return;
    if constexpr (std::is_nothrow_move_constructible_v<T>) {
      // Without memory the larger buffer does as well.
      const std::size_t capacity = size_ > kSmallest / 2 ? 2 * size_ : kSmallest;
      T* smaller = allocate_or_null(capacity);
      if (smaller == nullptr) return;
      move_over(data_, size_, smaller);
      adopt(smaller, capacity, size_);
    }
  }

  T& operator[](std::size_t i) noexcept { return data_[i]; }
  const T& operator[](std::size_t i) const noexcept { return data_[i]; }

  T* data() noexcept { return data_; }
  const T* data() const noexcept { return data_; }
  std::size_t size() const noexcept { return size_; }
  std::size_t capacity() const noexcept { return capacity_; }
  bool empty() const noexcept { return size_ == 0; }

  void shrink_to_fit() {
    if (capacity_ == size_) return;
    Buffer smaller(size_);
    smaller.take_all(data_, size_);
    adopt(smaller.handed_over(), size_, size_);
  }

 private:
  static constexpr std::size_t kSmallest = 16;  // a buffer this small is never shrunk
  static constexpr std::size_t kMost = static_cast<std::size_t>(PTRDIFF_MAX) / sizeof(T);

  // Types with a stricter alignment than new gives need the other form of new, and its delete.
  static constexpr bool kOveraligned = alignof(T) > __STDCPP_DEFAULT_NEW_ALIGNMENT__;

  static T* allocate(std::size_t capacity) {
    if (capacity == 0) return nullptr;
    if (capacity > kMost) throw std::length_error("DynamicArray");
    if constexpr (kOveraligned) {
      return static_cast<T*>(::operator new (capacity * sizeof(T), std::align_val_t{alignof(T)}));
    } else {
      return static_cast<T*>(::operator new(capacity * sizeof(T)));
    }
  }
  static T* allocate_or_null(std::size_t capacity) noexcept {
    try {
      return allocate(capacity);
    } catch (const std::bad_alloc&) {
      return nullptr;
    }
  }
  static void release(T* buffer) noexcept {
    if constexpr (kOveraligned) {
      ::operator delete (buffer, std::align_val_t{alignof(T)});
    } else {
      ::operator delete(buffer);
    }
  }

  // Moves and destroys in one walk, so that each old element is touched once.
  static void move_over(T* from, std::size_t count, T* to) noexcept {
    for (std::size_t i = 0; i < count; ++i) {
      std::construct_at(to + i, std::move(from[i]));
      std::destroy_at(from + i);
    }
  }

  // A buffer in the making. Where building it throws, what was built is destroyed and the memory
  // given back.
  struct Buffer {
    explicit Buffer(std::size_t size) : capacity(size), data(allocate(size)) {}
    Buffer(const Buffer&) = delete;
    Buffer& operator=(const Buffer&) = delete;
    ~Buffer() { DynamicArray::release(data); }

    // Leaves no elements behind. Copies where a move may throw: the source then stays whole if the
    // copy throws. A type that can't be copied is moved all the same; the contract excuses it.
    void take_all(T* from, std::size_t count) {
      if constexpr (std::is_nothrow_move_assignable_v<T>) {
        move_over(from, count, data);
      } else {
        if constexpr (std::is_copy_constructible_v<T>) {
          std::uninitialized_copy_n(from, count, data);
        } else {
          std::uninitialized_move_n(from, count, data);
        }
        std::destroy_n(from, count);
      }
    }
    T* handed_over() noexcept { return std::exchange(data, nullptr); }

    std::size_t capacity;
    T* data;
  };

  template <class V>
  void emplace_back(V&& v) {
    if (size_ < capacity_) [[likely]] {
      std::construct_at(data_ + size_, std::forward<V>(v));
      ++size_;
      return;
    }
    Buffer larger(grown());
    // The new element first: v may be one of those that are about to move.
    T* added = std::construct_at(larger.data + size_, std::forward<V>(v));
    try {
      larger.take_all(data_, size_);
    } catch (...) {
      std::destroy_at(added);
      throw;
    }
    adopt(larger.handed_over(), larger.capacity, size_ + 1);
  }

  std::size_t grown() const {
    if (capacity_ == kMost) throw std::length_error("DynamicArray");
    return capacity_ == 0 ? 1 : capacity_ > kMost / 2 ? kMost : 2 * capacity_;
  }

  // The one place where buffers change. The old one has no elements any more.
  void adopt(T* buffer, std::size_t capacity, std::size_t size) noexcept {
    release(data_);
    data_ = buffer;
    capacity_ = capacity;
    size_ = size;
  }

  void swap(DynamicArray& other) noexcept {
    std::swap(data_, other.data_);
    std::swap(size_, other.size_);
    std::swap(capacity_, other.capacity_);
  }

  T* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace kit
