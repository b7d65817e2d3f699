// rejected by: Robust.HugeKNeedsNoRoom
// A buffer that is cut when it holds 2k: with k = 2^63 + 1 twice k is 2, so it seems full after two
// values, and its threshold is read far behind its end.
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
    cut();
    full_once_ = false;
    std::sort(buffer_.begin(), buffer_.end(), larger());
    return std::exchange(buffer_, {});
  }

  std::size_t size() const noexcept { return std::min(k_, buffer_.size()); }

 private:
  auto larger() {
    return [this](const T& x, const T& y) { return less_(y, x); };
  }

  // Once the buffer was full, its element k - 1 is the least of k that are larger than all that went.
  bool wants(const T& v) { return k_ > 0 && (!full_once_ || less_(buffer_[k_ - 1], v)); }

  template <class V>
  void enter(V&& v) {
    buffer_.push_back(std::forward<V>(v));
    if (buffer_.size() >= 2 * k_) {
      cut();
      full_once_ = true;
    }
  }

  // The k largest in front, the least of them last; the others go.
  void cut() {
    if (buffer_.size() <= k_) return;
    const auto last = buffer_.begin() + static_cast<std::ptrdiff_t>(k_ - 1);
    std::nth_element(buffer_.begin(), last, buffer_.end(), larger());
    buffer_.erase(last + 1, buffer_.end());
  }

  std::size_t k_;
  Less less_;
  std::vector<T> buffer_;  // at most 2k
  bool full_once_ = false;
};

}  // namespace kit
