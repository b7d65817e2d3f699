// rejected by: Cost.HalfTheMemory
// Each call has a buffer of its own and keeps it until the end: n in all, since the halves of the halves
// add up along the way.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>

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

template <class T, class Less>
void insertion_sort(std::span<T> a, Less& less) {
  for (std::size_t i = 1; i < a.size(); ++i) {
    std::size_t place = i;  // found first: while less may throw no element is outside
    while (place > 0 && less(a[i], a[place - 1])) --place;
    if (place == i) continue;
    T moved = std::move(a[i]);
    for (std::size_t j = i; j > place; --j) a[j] = std::move(a[j - 1]);
    a[place] = std::move(moved);
  }
}

template <class T, class Less>
void sort_with_room(std::span<T> a, T* room, Less& less) {
  if (a.size() <= 8) return insertion_sort(a, less);
  const std::size_t middle = a.size() / 2;
  const Room<T> mine(middle);
  sort_with_room(a.first(middle), room, less);
  sort_with_room(a.subspan(middle), room, less);
  if (less(a[middle], a[middle - 1])) merge(a, middle, mine.data(), less);
}

}  // namespace detail

template <class T, class Less>
void stable_sort(std::span<T> a, Less less) {
  static_assert(std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_assignable_v<T>);
  if (a.size() <= 8) return detail::insertion_sort(a, less);
  const detail::Room<T> room(a.size() / 2);
  detail::sort_with_room(a, room.data(), less);
}

}  // namespace kit
