// rejected by: Cost.AscendingOrder
// The right answer. Keeps a sorted array and lets a new value walk down to its place: fine where
// few get in, 1,000 comparisons each where every value does.
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

  void push(const T& v) {
    if (wants(v)) sink(T(v));
  }
  void push(T&& v) {
    if (wants(v)) sink(std::move(v));
  }

  std::vector<T> take() { return std::exchange(kept_, {}); }

  std::size_t size() const noexcept { return kept_.size(); }

 private:
  bool wants(const T& v) { return k_ > 0 && (kept_.size() < k_ || less_(kept_.back(), v)); }

  // From the end forward, until something stands before it that isn't less.
  void sink(T v) {
    if (kept_.size() < k_) {
      kept_.push_back(std::move(v));
    } else {
      kept_.back() = std::move(v);
    }
    for (std::size_t i = kept_.size() - 1; i > 0 && less_(kept_[i - 1], kept_[i]); --i)
      std::swap(kept_[i - 1], kept_[i]);
  }

  std::size_t k_;
  Less less_;
  std::vector<T> kept_;  // largest first
};

}  // namespace kit
