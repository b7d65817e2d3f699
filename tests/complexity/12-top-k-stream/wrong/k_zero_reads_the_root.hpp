// rejected by: Robust.ZeroAndOne
// Asks for the smallest kept value although nothing may be kept: with k = 0 that reads memory that
// isn't there.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <utility>
#include <vector>

namespace kit {

template <class T, class Less = std::less<T>>
class TopK {
 public:
  explicit TopK(std::size_t k, Less less = {}) : k_(k), less_(std::move(less)) {}

  void push(const T& v) { insert(v); }
  void push(T&& v) { insert(std::move(v)); }

  std::vector<T> take() {
    // In the order turned round, ascending is what the caller calls largest first.
    std::vector<T> largest_first = std::exchange(heap_, {});
    std::sort_heap(largest_first.begin(), largest_first.end(), smallest_in_front());
    return largest_first;
  }

  std::size_t size() const noexcept { return heap_.size(); }

 private:
  auto smallest_in_front() {
    return [this](const T& x, const T& y) { return less_(y, x); };
  }

  // Most values end at the first test; what is rare is kept out of the way.
  template <class V>
  void insert(V&& v) {
    if (heap_.size() >= std::max<std::size_t>(k_, 1) && !less_(heap_.front(), v)) return;
    enter(std::forward<V>(v));
  }

  template <class V>
  [[gnu::noinline]] void enter(V&& v) {
    if (heap_.size() >= std::max<std::size_t>(k_, 1)) {
      std::pop_heap(heap_.begin(), heap_.end(), smallest_in_front());
      heap_.back() = std::forward<V>(v);
    } else {
      heap_.push_back(std::forward<V>(v));
    }
    std::push_heap(heap_.begin(), heap_.end(), smallest_in_front());
  }

  std::size_t k_;
  [[no_unique_address]] Less less_;
  std::vector<T> heap_;  // of the largest so far, at most k
};

}  // namespace kit
