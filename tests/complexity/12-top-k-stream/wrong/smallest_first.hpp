// rejected by: Correct.LargestFirst
// Sorts by the order that was given, which puts the smallest first: the best stands at the end.
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
    std::vector<T> out = std::exchange(heap_, {});
    std::sort(out.begin(), out.end(), less_);
    return out;
  }

  std::size_t size() const noexcept { return heap_.size(); }

 private:
  auto smallest_in_front() {
    return [this](const T& x, const T& y) { return less_(y, x); };
  }

  // Most values end at the first test; what is rare is kept out of the way.
  template <class V>
  void insert(V&& v) {
    if (heap_.size() == k_ && (k_ == 0 || !less_(heap_.front(), v))) return;
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
  [[no_unique_address]] Less less_;
  std::vector<T> heap_;  // of the largest so far, at most k
};

}  // namespace kit
