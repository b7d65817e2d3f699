// rejected by: Correct.AsksTheOrderGiven
// Makes a Less of its own wherever one is needed: an order with a state (a direction, a column, a
// locale) is forgotten.
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
  explicit TopK(std::size_t k, Less = {}) : k_(k) {}

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
    return [](const T& x, const T& y) { return Less{}(y, x); };
  }

  // Most values end at the first test; what is rare is kept out of the way.
  template <class V>
  void insert(V&& v) {
    if (heap_.size() == k_ && (k_ == 0 || !Less{}(heap_.front(), v))) return;
    enter(std::forward<V>(v));
  }

  template <class V>
  [[gnu::noinline]] void enter(V&& v) {
    if (heap_.size() == k_) {
      std::pop_heap(heap_.begin(), heap_.end(), smallest_in_front());
      heap_.back() = std::forward<V>(v);
    } else {
      heap_.push_back(std::forward<V>(v));
    }
    std::push_heap(heap_.begin(), heap_.end(), smallest_in_front());
  }

  std::size_t k_;
  std::vector<T> heap_;  // of the largest so far, at most k
};

}  // namespace kit
