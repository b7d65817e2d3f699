// rejected by: Cost.TwoComparisonsATextCharacter
// The right answer, from the last m characters in a ring: every start is compared anew, 64 times
// for each character where all are the same.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

namespace kit {

template <class Char>
class StreamMatcher {
 public:
  explicit StreamMatcher(std::span<const Char> pattern)
      : pattern_(pattern.begin(), pattern.end()), recent_(pattern_) {
    if (pattern_.empty()) throw std::invalid_argument("StreamMatcher: the pattern is empty");
  }

  template <class OnMatch>
  void feed(std::span<const Char> piece, OnMatch on_match) {
    const std::size_t m = pattern_.size();
    for (const Char& c : piece) {
      recent_[count_ % m] = c;
      ++count_;
      if (count_ >= m && is_match()) on_match(first_ + count_ - m);
    }
  }

  void reset(std::uint64_t first_offset = 0) noexcept {
    count_ = 0;
    first_ = first_offset;
  }

 private:
  bool is_match() const {
    const std::size_t m = pattern_.size();
    for (std::size_t i = 0; i < m; ++i) {
      if (!(pattern_[i] == recent_[(count_ + i) % m])) return false;
    }
    return true;
  }

  std::vector<Char> pattern_;
  std::vector<Char> recent_;  // the last m characters, in a ring
  std::uint64_t count_ = 0, first_ = 0;
};

}  // namespace kit
