// TopK<T, Less>: the k largest of values that pass by once.
//
//          4                        a heap with the SMALLEST kept value in front: what a new value
//        /   \                      must beat, found by one comparison
//       9     6
//      / \   / \       new value 3: 4 < 3 is false, gone after one comparison
//    12  10 7   8      new value 11: 4 < 11, so 4 goes, and 11 enters: log2 k
//
// How it enters: the hole that the front leaves walks down to a leaf, always to the smaller child, one
// comparison a level; there the new value climbs up again, one comparison a level too. It rarely
// climbs far, since most of a heap is near the leaves. At most 2 floor(log2 k) + 1 with the test.
//
// In random order the i-th value enters with probability k/i: k (1 + ln(n/k)) of n.
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
    full_ = false;
    std::vector<T> largest_first = std::exchange(heap_, {});
    // In the order turned round, ascending is what the caller calls largest first.
    std::sort_heap(largest_first.begin(), largest_first.end(), smallest_in_front());
    return largest_first;
  }

  std::size_t size() const noexcept { return heap_.size(); }

 private:
  // The standard heap functions keep the largest in front.
  auto smallest_in_front() {
    return [this](const T& x, const T& y) { return less_(y, x); };
  }

  // Most values end at this test; what is rare is kept out of the way.
  template <class V>
  void insert(V&& v) {
    if (full_ && !less_(heap_.front(), v)) [[likely]]
      return;
    enter(std::forward<V>(v));
  }

  template <class V>
  [[gnu::noinline]] void enter(V&& v) {
    if (full_) {
      replace_front(std::forward<V>(v));
    } else if (k_ > 0) {
      heap_.push_back(std::forward<V>(v));
      full_ = heap_.size() == k_;
      std::push_heap(heap_.begin(), heap_.end(), smallest_in_front());
    }
  }

  template <class V>
  void replace_front(V&& v) {
    std::size_t hole = 0, child = 1;
    for (; child + 1 < k_; child = 2 * hole + 1) {
      // A sum, not a branch: which child is smaller is a coin toss, and a wrong guess is dear.
      child += static_cast<std::size_t>(less_(heap_[child + 1], heap_[child]));
      heap_[hole] = std::move(heap_[child]);
      hole = child;
    }
    if (child < k_) {
      heap_[hole] = std::move(heap_[child]);
      hole = child;
    }
    for (; hole > 0; hole = (hole - 1) / 2) {
      T& parent = heap_[(hole - 1) / 2];
      if (!less_(v, parent)) break;
      heap_[hole] = std::move(parent);
    }
    heap_[hole] = std::forward<V>(v);
  }

  std::size_t k_;
  [[no_unique_address]] Less less_;
  std::vector<T> heap_;  // of the largest so far, at most k
  bool full_ = false;    // there are k of them, and k > 0
};

}  // namespace kit
