// rejected by: Cost.ThreeComparisonsAPatternCharacter
// The right table, found by trying each border of each beginning from the longest on: m * m where
// the pattern is one letter and then another.
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
  explicit StreamMatcher(std::span<const Char> pattern) : pattern_(pattern.begin(), pattern.end()) {
    if (pattern_.empty()) throw std::invalid_argument("StreamMatcher: the pattern is empty");
    border_.resize(pattern_.size() + 1);
    for (std::size_t j = 2; j <= pattern_.size(); ++j) {
      std::size_t length = j - 1;
      while (length > 0 && !is_border(length, j)) --length;
      border_[j] = length;
    }
  }

  template <class OnMatch>
  void feed(std::span<const Char> piece, OnMatch on_match) {
    for (const Char& c : piece) {
      matched_ = extended(matched_, c);
      ++offset_;
      if (matched_ < pattern_.size()) continue;
      matched_ = border_[matched_];
      on_match(offset_ - pattern_.size());
    }
  }

  void reset(std::uint64_t first_offset = 0) noexcept {
    matched_ = 0;
    offset_ = first_offset;
  }

 private:
  // Whether the first `length` characters are also the last of the first j.
  bool is_border(std::size_t length, std::size_t j) const {
    for (std::size_t i = 0; i < length; ++i) {
      if (!(pattern_[i] == pattern_[j - length + i])) return false;
    }
    return true;
  }

  std::size_t extended(std::size_t matched, const Char& next) const {
    while (!(pattern_[matched] == next)) {
      if (matched == 0) return 0;
      matched = border_[matched];
    }
    return matched + 1;
  }

  std::vector<Char> pattern_;
  std::vector<std::size_t> border_;
  std::size_t matched_ = 0;
  std::uint64_t offset_ = 0;
};

}  // namespace kit
