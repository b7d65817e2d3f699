// A heap with four children a node, filled unordered and heaped when the k-th value comes.
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
    if (wants(v)) enter(v);
  }
  void push(T&& v) {
    if (wants(v)) enter(std::move(v));
  }

  std::vector<T> take() {
    std::vector<T> out = std::move(heap_);
    heap_ = {};
    std::sort(out.begin(), out.end(), [&](const T& x, const T& y) { return less_(y, x); });
    return out;
  }

  std::size_t size() const noexcept { return heap_.size(); }

 private:
  bool wants(const T& v) {
    if (heap_.size() < k_) return true;
    return k_ != 0 && less_(heap_[0], v);
  }

  template <class V>
  void enter(V&& v) {
    if (heap_.size() == k_) {
      heap_[0] = std::forward<V>(v);
      sift(0);
      return;
    }
    heap_.push_back(std::forward<V>(v));
    if (heap_.size() == k_) {
      for (std::size_t i = (k_ + 2) / 4 + 1; i-- > 0;) sift(i);
    }
  }

  void sift(std::size_t i) {
    for (;;) {
      const std::size_t first = 4 * i + 1;
      if (first >= heap_.size()) return;
      std::size_t least = first;
      for (std::size_t c = first + 1; c < std::min(first + 4, heap_.size()); ++c) {
        if (less_(heap_[c], heap_[least])) least = c;
      }
      if (!less_(heap_[least], heap_[i])) return;
      std::swap(heap_[least], heap_[i]);
      i = least;
    }
  }

  std::size_t k_;
  Less less_;
  std::vector<T> heap_;
};

}  // namespace kit
