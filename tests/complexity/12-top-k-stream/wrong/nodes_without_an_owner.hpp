// rejected by: Robust.ThrowingComparison
// Keeps pointers, so that the heap moves only eight bytes; the new element has no owner until it is
// in. When the comparison throws, it is never destroyed.
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

  TopK(const TopK&) = delete;
  TopK& operator=(const TopK&) = delete;
  ~TopK() { clear(); }

  void push(const T& v) {
    if (wants(v)) enter(new T(v));
  }
  void push(T&& v) {
    if (wants(v)) enter(new T(std::move(v)));
  }

  std::vector<T> take() {
    std::sort_heap(heap_.begin(), heap_.end(), smallest_in_front());
    std::vector<T> out;
    out.reserve(heap_.size());
    for (T* each : heap_) out.push_back(std::move(*each));
    clear();
    return out;
  }

  std::size_t size() const noexcept { return heap_.size(); }

 private:
  auto smallest_in_front() {
    return [this](const T* x, const T* y) { return less_(*y, *x); };
  }
  bool wants(const T& v) { return k_ > 0 && (heap_.size() < k_ || less_(*heap_.front(), v)); }

  void enter(T* v) {
    if (heap_.size() == k_) {
      std::pop_heap(heap_.begin(), heap_.end(), smallest_in_front());
      delete heap_.back();
      heap_.pop_back();
    }
    // Room first: from here on only the comparison can throw.
    heap_.push_back(v);
    T* last = heap_.back();
    heap_.pop_back();
    std::vector<T*> path = heap_;
    path.push_back(last);
    std::push_heap(path.begin(), path.end(), smallest_in_front());
    heap_ = std::move(path);
  }
  void clear() {
    for (T* each : heap_) delete each;
    heap_.clear();
  }

  std::size_t k_;
  Less less_;
  std::vector<T*> heap_;
};

}  // namespace kit
