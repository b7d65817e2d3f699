// Its own heap of pairs of children: the new value takes the root's place, and its way down is
// followed once, two comparisons a level.
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
    if (heap_.size() < k_) {
      append(v);
    } else if (k_ > 0 && less_(heap_[0], v)) {
      heap_[0] = v;
      sift_down(heap_.size());
    }
  }
  void push(T&& v) {
    if (heap_.size() < k_) {
      append(std::move(v));
    } else if (k_ > 0 && less_(heap_[0], v)) {
      heap_[0] = std::move(v);
      sift_down(heap_.size());
    }
  }

  std::vector<T> take() {
    for (std::size_t end = heap_.size(); end > 1; --end) {
      std::swap(heap_[0], heap_[end - 1]);
      sift_down(end - 1);
    }
    std::vector<T> out;
    out.swap(heap_);
    return out;
  }

  std::size_t size() const noexcept { return heap_.size(); }

 private:
  template <class V>
  void append(V&& v) {
    heap_.push_back(std::forward<V>(v));
    for (std::size_t i = heap_.size() - 1; i > 0;) {
      const std::size_t parent = (i - 1) / 2;
      if (!less_(heap_[i], heap_[parent])) return;
      std::swap(heap_[i], heap_[parent]);
      i = parent;
    }
  }

  void sift_down(std::size_t end) {
    for (std::size_t i = 0, child = 1; child < end; child = 2 * i + 1) {
      if (child + 1 < end && less_(heap_[child + 1], heap_[child])) ++child;
      if (!less_(heap_[child], heap_[i])) return;
      std::swap(heap_[i], heap_[child]);
      i = child;
    }
  }

  std::size_t k_;
  Less less_;
  std::vector<T> heap_;
};

}  // namespace kit
