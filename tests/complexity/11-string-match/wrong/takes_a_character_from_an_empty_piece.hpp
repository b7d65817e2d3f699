// rejected by: Robust.PatternLongerThanTheText, Correct.PiecesDoNotMatter
// Looks at the first character before it asks whether there is one: an empty piece has none.
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
    for (std::size_t i = 1, matched = 0; i < pattern_.size(); ++i)
      border_[i + 1] = matched = extended(matched, pattern_[i]);
  }

  template <class OnMatch>
  void feed(std::span<const Char> piece, OnMatch on_match) {
    const Char* next = piece.data();
    const Char* const end = next + piece.size();
    do {
      matched_ = extended(matched_, *next);
      ++offset_;
      if (matched_ == pattern_.size()) {
        matched_ = border_[matched_];
        on_match(offset_ - pattern_.size());
      }
    } while (++next < end);
  }

  void reset(std::uint64_t first_offset = 0) noexcept {
    matched_ = 0;
    offset_ = first_offset;
  }

 private:
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
