// rejected by: Correct.AgreesWithSorting, Correct.SixScores
// The heap has the largest in front, so a new value that beats it throws out the best of all.
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
    std::sort(largest_first.begin(), largest_first.end(),
              [this](const T& x, const T& y) { return less_(y, x); });
    return largest_first;
  }

  std::size_t size() const noexcept { return heap_.size(); }

 private:
  auto largest_in_front() {
    return [this](const T& x, const T& y) { return less_(x, y); };
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
      std::pop_heap(heap_.begin(), heap_.end(), largest_in_front());
      heap_.back() = std::forward<V>(v);
    } else {
      heap_.push_back(std::forward<V>(v));
    }
    std::push_heap(heap_.begin(), heap_.end(), largest_in_front());
  }

  std::size_t k_;
  [[no_unique_address]] Less less_;
  std::vector<T> heap_;  // of the largest so far, at most k
};

}  // namespace kit
