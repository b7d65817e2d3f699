// rejected by: Cost.RoomForTwiceK, Cost.CopiesOnlyWhatItKeeps
// The right answer, by keeping the whole stream and selecting at the end: of a billion values none
// has room.
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

  void push(const T& v) { all_.push_back(v); }
  void push(T&& v) { all_.push_back(std::move(v)); }

  std::vector<T> take() {
    std::vector<T> out = std::exchange(all_, {});
    const auto larger = [this](const T& x, const T& y) { return less_(y, x); };
    const auto end = out.begin() + static_cast<std::ptrdiff_t>(std::min(k_, out.size()));
    std::partial_sort(out.begin(), end, out.end(), larger);
    out.erase(end, out.end());
    return out;
  }

  std::size_t size() const noexcept { return std::min(k_, all_.size()); }

 private:
  std::size_t k_;
  Less less_;
  std::vector<T> all_;
};

}  // namespace kit
