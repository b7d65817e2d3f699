// rejected by: Correct.SortsEverySize, Correct.SortsEveryPermutation
// Bottom up, and only pairs of full width are merged: the last, shorter part stays where it is.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace kit {
namespace detail {

// Room for elements that don't exist yet.
template <class T>
class Room {
 public:
  explicit Room(std::size_t size) : size_(size), data_(std::allocator<T>().allocate(size)) {}
  ~Room() { std::allocator<T>().deallocate(data_, size_); }
  Room(const Room&) = delete;
  Room& operator=(const Room&) = delete;
  T* data() const { return data_; }

 private:
  std::size_t size_;
  T* data_;
};

// Elements that were taken out of the span, and the gap they came from. Puts back what is left.
template <class T>
struct Borrowed {
  T* const begin;
  T* next;
  T* const end;
  T* gap;

  Borrowed(std::span<T> from, T* room)
      : begin(room), next(room), end(room + from.size()), gap(from.data()) {
    std::uninitialized_move(from.begin(), from.end(), room);
  }
  ~Borrowed() {
    while (next != end) *gap++ = std::move(*next++);
    std::destroy(begin, end);
  }
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;
};

// a[0, middle) and a[middle, n) are sorted.
template <class T, class Less>
void merge(std::span<T> a, std::size_t middle, T* room, Less& less) {
  Borrowed<T> left(a.first(middle), room);
  T* right = a.data() + middle;
  T* const end = a.data() + a.size();
  while (left.next != left.end && right != end) {
    // The left one where they are equal. No branch: it would be guessed wrongly half of the time.
    const bool from_right = less(*right, *left.next);
    T* const from = from_right ? right : left.next;
    *left.gap++ = std::move(*from);
    right += from_right;
    left.next += !from_right;
  }
}

}  // namespace detail

template <class T, class Less>
void stable_sort(std::span<T> a, Less less) {
  static_assert(std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_assignable_v<T>);
  if (a.size() < 2) return;
  const detail::Room<T> room(a.size() / 2);
  for (std::size_t width = 1; width < a.size(); width *= 2) {
    for (std::size_t first = 0; first + 2 * width <= a.size(); first += 2 * width) {
      const std::span<T> both = a.subspan(first, std::min(2 * width, a.size() - first));
      if (!less(both[width], both[width - 1])) continue;
      detail::merge(both, width, room.data(), less);
    }
  }
}

}  // namespace kit
