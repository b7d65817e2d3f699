// Grows by 3/2; three pointers and std::allocator; a growth is a block of its own that knows how to
// end well or badly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <type_traits>
#include <utility>

namespace kit {

template <class T>
class DynamicArray {
  static constexpr std::size_t kMost = static_cast<std::size_t>(PTRDIFF_MAX) / sizeof(T);

 public:
  DynamicArray() noexcept {}
  ~DynamicArray() { drop(); }

  DynamicArray(DynamicArray&& from) noexcept
      : first_(std::exchange(from.first_, nullptr)),
        last_(std::exchange(from.last_, nullptr)),
        limit_(std::exchange(from.limit_, nullptr)) {}

  DynamicArray& operator=(DynamicArray&& from) noexcept {
    if (this == &from) return *this;
    drop();
    first_ = std::exchange(from.first_, nullptr);
    last_ = std::exchange(from.last_, nullptr);
    limit_ = std::exchange(from.limit_, nullptr);
    return *this;
  }

  void push_back(const T& v) {
    if (last_ == limit_) {
      grow_and_add(v);
    } else {
      std::construct_at(last_, v);
      ++last_;
    }
  }

  void push_back(T&& v) {
    if (last_ == limit_) {
      grow_and_add(std::move(v));
    } else {
      std::construct_at(last_, std::move(v));
      ++last_;
    }
  }

  void pop_back() noexcept {
    --last_;
    std::destroy_at(last_);
    if constexpr (std::is_nothrow_move_constructible_v<T>) {
      if (capacity() > 16 && size() <= capacity() / 4) {
        try {
          change_to(size() < 8 ? 16 : 2 * size());
        } catch (...) {
        }
      }
    }
  }

  T& operator[](std::size_t i) noexcept { return first_[i]; }
  const T& operator[](std::size_t i) const noexcept { return first_[i]; }
  T* data() noexcept { return first_; }
  const T* data() const noexcept { return first_; }
  std::size_t size() const noexcept { return static_cast<std::size_t>(last_ - first_); }
  std::size_t capacity() const noexcept { return static_cast<std::size_t>(limit_ - first_); }
  bool empty() const noexcept { return first_ == last_; }

  void shrink_to_fit() {
    if (last_ == limit_) return;
    if (empty()) {
      drop();
      first_ = last_ = limit_ = nullptr;
    } else {
      change_to(size());
    }
  }

 private:
  // Room for `capacity` elements, filled from the front; freed with what is in it unless taken.
  struct Room {
    explicit Room(std::size_t capacity) : limit(capacity) {
      if (capacity > kMost) throw std::length_error("too many elements");
      first = last = allocator.allocate(capacity);
    }
    Room(const Room&) = delete;
    Room& operator=(const Room&) = delete;
    ~Room() {
      if (first == nullptr) return;
      std::destroy(first, last);
      allocator.deallocate(first, limit);
    }
    void fill_from(T* from, T* end) {
      for (; from != end; ++from) {
        std::construct_at(last, std::move_if_noexcept(*from));
        ++last;
      }
    }
    std::allocator<T> allocator;
    std::size_t limit;
    T* first;
    T* last;
  };

  template <class V>
  void grow_and_add(V&& v) {
    const std::size_t old = size();
    if (old >= kMost) throw std::length_error("too many elements");
    Room room(old > kMost / 2 ? kMost : old + old / 2 + 1);
    T* added = std::construct_at(room.first + old, std::forward<V>(v));
    struct Undo {
      T* element;
      ~Undo() {
        if (element != nullptr) std::destroy_at(element);
      }
    } undo{added};
    room.fill_from(first_, last_);
    undo.element = nullptr;
    ++room.last;
    take(room);
  }

  void change_to(std::size_t capacity) {
    Room room(capacity);
    room.fill_from(first_, last_);
    take(room);
  }

  void take(Room& room) noexcept {
    drop();
    last_ = room.last;
    limit_ = room.first + room.limit;
    first_ = std::exchange(room.first, nullptr);
  }

  void drop() noexcept {
    if (first_ == nullptr) return;
    std::destroy(first_, last_);
    std::allocator<T>().deallocate(first_, capacity());
  }

  T* first_ = nullptr;
  T* last_ = nullptr;
  T* limit_ = nullptr;
};

}  // namespace kit
