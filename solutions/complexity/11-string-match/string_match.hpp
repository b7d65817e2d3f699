// StreamMatcher<Char>: every place where a pattern starts in a text that arrives in pieces.
//
// After j characters of the pattern have matched, the last j of the text are known: they are the
// pattern's own. So a mismatch never looks back at the text; it asks which shorter beginning of the
// pattern is also an end of those j characters, a border:
//
//   text      . . . a b a b ?          pattern   a b a b c        4 matched, ? is not c
//                       a b ?                    a b a b c        the longest border of abab is ab:
//                                                                 2 matched, and ? is held against a
//
// The table of borders is made by the same search, with the pattern as its own text. (Knuth, Morris,
// Pratt: Fast pattern matching in strings, SIAM Journal on Computing 6, 1977.)
//
// Each comparison takes the next character or shortens what is matched, and that grows by one a
// character at most: 2n comparisons, and 2(m - 1) for the table.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <span>
#include <stdexcept>
#include <type_traits>
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
    const std::uint64_t begin = offset_;
    std::size_t matched = matched_;
    for (std::size_t i = 0; i < piece.size(); ++i) {
      if (matched == 0) {
        i = first_letter_from(piece, i);
        if (i == piece.size()) break;
        matched = 1;
      } else {
        matched = extended(matched, piece[i]);
      }
      if (matched < pattern_.size()) continue;
      matched = border_[matched];
      // The state is whole before the callback, which may throw.
      matched_ = matched;
      offset_ = begin + i + 1;
      on_match(offset_ - pattern_.size());
    }
    matched_ = matched;
    offset_ = begin + piece.size();
  }

  void reset(std::uint64_t first_offset = 0) noexcept {
    matched_ = 0;
    offset_ = first_offset;
  }

 private:
  // How much is matched with `next`, if `matched` characters, not all, were matched before it.
  std::size_t extended(std::size_t matched, const Char& next) const {
    while (!(pattern_[matched] == next)) {
      if (matched == 0) return 0;
      matched = border_[matched];
    }
    return matched + 1;
  }

  // Where nothing is matched, most of a real text goes by here: the library looks at many bytes at a
  // time.
  std::size_t first_letter_from(std::span<const Char> piece, std::size_t i) const {
    if constexpr (std::is_same_v<Char, char> || std::is_same_v<Char, unsigned char>) {
      const void* found = std::memchr(piece.data() + i, pattern_[0], piece.size() - i);
      return found == nullptr
                 ? piece.size()
                 : static_cast<std::size_t>(static_cast<const Char*>(found) - piece.data());
    } else {
      while (i < piece.size() && !(pattern_[0] == piece[i])) ++i;
      return i;
    }
  }

  std::vector<Char> pattern_;
  std::vector<std::size_t> border_;  // of the first j characters: the longest, shorter than j
  std::size_t matched_ = 0;          // always less than m between two characters
  std::uint64_t offset_ = 0;         // of the next character
};

}  // namespace kit
