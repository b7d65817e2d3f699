// Grows by 13/8, near the golden ratio; begins with room for 8; shrinks to twice the size and 4. A
// unique_ptr owns the raw bytes, and plain loops fill them.
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
  ~DynamicArray() { clear(); }
  DynamicArray(DynamicArray&& other) noexcept { *this = std::move(other); }
  DynamicArray& operator=(DynamicArray&& other) noexcept {
    if (this != &other) {
      clear();
      bytes_ = std::move(other.bytes_);
      size_ = std::exchange(other.size_, 0);
      capacity_ = std::exchange(other.capacity_, 0);
    }
    return *this;
  }

  void push_back(const T& v) {
    if (size_ < capacity_) {
      new (static_cast<void*>(data() + size_)) T(v);
      ++size_;
      return;
    }
    const std::size_t capacity = next_capacity();
    Bytes bytes = make(capacity);
    T* added = new (static_cast<void*>(start(bytes) + size_)) T(v);
    finish_growth(std::move(bytes), capacity, added);
  }

  void push_back(T&& v) {
    if (size_ < capacity_) {
      new (static_cast<void*>(data() + size_)) T(std::move(v));
      ++size_;
      return;
    }
    const std::size_t capacity = next_capacity();
    Bytes bytes = make(capacity);
    T* added = new (static_cast<void*>(start(bytes) + size_)) T(std::move(v));
    finish_growth(std::move(bytes), capacity, added);
  }

  void pop_back() noexcept {
    data()[--size_].~T();
    const std::size_t wanted = 2 * size_ + 4;
    if (capacity_ <= 16 || capacity_ <= 4 * size_) return;
    if (!std::is_nothrow_move_constructible_v<T>) return;
    try {
      Bytes bytes = make(wanted);
      relocate(start(bytes));
      settle(std::move(bytes), wanted);
    } catch (const std::bad_alloc&) {
      // stays as it is
    }
  }

  T& operator[](std::size_t i) noexcept { return data()[i]; }
  const T& operator[](std::size_t i) const noexcept { return data()[i]; }
  T* data() noexcept { return start(bytes_); }
  const T* data() const noexcept { return start(bytes_); }
  std::size_t size() const noexcept { return size_; }
  std::size_t capacity() const noexcept { return capacity_; }
  bool empty() const noexcept { return size_ == 0; }

  void shrink_to_fit() {
    if (size_ == capacity_) return;
    Bytes bytes = size_ == 0 ? Bytes() : make(size_);
    relocate(start(bytes));
    settle(std::move(bytes), size_);
  }

 private:
  struct Release {
    void operator()(void* bytes) const noexcept {
      ::operator delete (bytes, std::align_val_t{alignof(T)});
    }
  };
  using Bytes = std::unique_ptr<void, Release>;

  static T* start(const Bytes& bytes) noexcept { return static_cast<T*>(bytes.get()); }

  static Bytes make(std::size_t capacity) {
    if (capacity > static_cast<std::size_t>(PTRDIFF_MAX) / sizeof(T))
      throw std::length_error("full");
    return Bytes(::operator new (capacity * sizeof(T), std::align_val_t{alignof(T)}));
  }

  std::size_t next_capacity() const noexcept {
    return capacity_ < 8 ? 8 : capacity_ + capacity_ / 8 * 5 + 5;
  }

  // Builds the elements anew in `to`; where a copy throws, those already built are destroyed.
  void relocate(T* to) {
    std::size_t done = 0;
    try {
      for (; done < size_; ++done)
        new (static_cast<void*>(to + done)) T(std::move_if_noexcept(data()[done]));
    } catch (...) {
      while (done > 0) to[--done].~T();
      throw;
    }
  }

  void finish_growth(Bytes bytes, std::size_t capacity, T* added) {
    try {
      relocate(start(bytes));
    } catch (...) {
      added->~T();
      throw;
    }
    settle(std::move(bytes), capacity);
    ++size_;
  }

  void settle(Bytes bytes, std::size_t capacity) noexcept {
    for (std::size_t i = 0; i < size_; ++i) data()[i].~T();
    bytes_ = std::move(bytes);
    capacity_ = capacity;
  }

  void clear() noexcept {
    while (size_ > 0) data()[--size_].~T();
    bytes_.reset();
    capacity_ = 0;
  }

  Bytes bytes_;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace kit
