// rejected by: Cost.OneComparisonForMost
// The right answer, by the recipe "push, and pop when there are more than k": every value goes
// through the heap, 13 comparisons instead of one.
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

  template <class V>
  void insert(V&& v) {
    if (k_ > 0) enter(std::forward<V>(v));
  }

  template <class V>
  [[gnu::noinline]] void enter(V&& v) {
    heap_.push_back(std::forward<V>(v));
    std::push_heap(heap_.begin(), heap_.end(), smallest_in_front());
    if (heap_.size() > k_) {
      std::pop_heap(heap_.begin(), heap_.end(), smallest_in_front());
      heap_.pop_back();
    }
  }

  std::size_t k_;
  [[no_unique_address]] Less less_;
  std::vector<T> heap_;  // of the largest so far, at most k
};

}  // namespace kit
