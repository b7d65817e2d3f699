// rejected by: Correct.KeepsTheRightNumberOfEquals
// Keeps them in a set, in which equal values are one: two winners with the same score, and one of
// them goes home.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <set>
#include <utility>
#include <vector>

namespace kit {

template <class T, class Less = std::less<T>>
class TopK {
 public:
  explicit TopK(std::size_t k, Less less = {}) : k_(k), kept_(std::move(less)) {}

  void push(const T& v) {
    if (wants(v)) enter(T(v));
  }
  void push(T&& v) {
    if (wants(v)) enter(std::move(v));
  }

  std::vector<T> take() {
    std::vector<T> out;
    out.reserve(kept_.size());
    while (!kept_.empty()) out.push_back(std::move(kept_.extract(std::prev(kept_.end())).value()));
    return out;
  }

  std::size_t size() const noexcept { return kept_.size(); }

 private:
  bool wants(const T& v) {
    return k_ > 0 && (kept_.size() < k_ || kept_.key_comp()(*kept_.begin(), v));
  }
  void enter(T&& v) {
    kept_.insert(std::move(v));
    if (kept_.size() > k_) kept_.erase(kept_.begin());
  }

  std::size_t k_;
  std::set<T, Less> kept_;
};

}  // namespace kit
