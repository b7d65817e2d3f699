// Natural runs: ascending ones as they are, strictly descending ones turned round; merged like a carry in a
// binary counter, so that no list of runs is kept.
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

// As merge, with the right part outside and the gap behind the left one.
template <class T, class Less>
void merge_from_the_end(std::span<T> a, std::size_t middle, T* room, Less& less) {
  const std::size_t count = a.size() - middle;
  std::uninitialized_move(a.begin() + static_cast<std::ptrdiff_t>(middle), a.end(), room);
  T* const begin = a.data();
  T *left = begin + middle, *right = room + count, *gap = begin + a.size();
  const auto back = [&] {
    while (right != room) *--gap = std::move(*--right);
    std::destroy(room, room + count);
  };
  try {
    while (left != begin && right != room) {
      if (less(right[-1], left[-1])) {
        *--gap = std::move(*--left);
      } else {
        *--gap = std::move(*--right);
      }
    }
  } catch (...) {
    back();
    throw;
  }
  back();
}

// The length of the run at the begin; sorted afterwards.
template <class T, class Less>
std::size_t take_run(std::span<T> a, Less& less) {
  if (a.size() == 1) return 1;
  std::size_t end = 2;
  if (less(a[1], a[0])) {
    while (end < a.size() && less(a[end], a[end - 1])) ++end;
    std::reverse(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(end));
  } else {
    while (end < a.size() && !less(a[end], a[end - 1])) ++end;
  }
  return end;
}

// Sorts at least 2^depth runs at the begin, if there are as many; gives where they end.
template <class T, class Less>
std::size_t sort_runs(std::span<T> a, int depth, T* room, Less& less) {
  if (depth == 0) return take_run(a, less);
  const std::size_t middle = sort_runs(a, depth - 1, room, less);
  if (middle == a.size()) return middle;
  const std::size_t end = middle + sort_runs(a.subspan(middle), depth - 1, room, less);
  const std::span<T> both = a.first(end);
  if (!less(both[middle], both[middle - 1])) return end;
  if (middle <= end - middle) {
    merge(both, middle, room, less);
  } else {
    merge_from_the_end(both, middle, room, less);
  }
  return end;
}

}  // namespace detail

template <class T, class Less>
void stable_sort(std::span<T> a, Less less) {
  static_assert(std::is_nothrow_move_constructible_v<T> && std::is_nothrow_move_assignable_v<T>);
  if (a.size() < 2) return;
  const detail::Room<T> room(a.size() / 2);
  int depth = 0;
  while ((a.size() >> depth) > 0) ++depth;
  detail::sort_runs(a, depth, room.data(), less);
}

}  // namespace kit
