// StreamMatcher<Char>: every place where a pattern starts in a text that arrives in pieces.
//
// REQUIRES: Char can be copied and compared by ==, which is an equivalence. Nothing else is assumed
//           of it: no order, no hash, no use as an index, no default constructor.
// COST:     m = characters of the pattern, n = characters fed since the last reset(). The constructor
//           makes at most 3m comparisons, all feeds together make at most 2n, whatever the text.
//           At most 64m + 1,024 bytes of memory; feed() allocates nothing.
#pragma once

#include <cstdint>
#include <span>

namespace kit {

template <class Char>
class StreamMatcher {
 public:
  /// Copies the pattern.
  /// THROWS: std::invalid_argument if it is empty.
  // Begin here: after a mismatch, what do you know of the characters that went by?
  explicit StreamMatcher(std::span<const Char>) {}

  /// The next piece of the text; it may be empty. Calls on_match(start) for each match that ends in
  /// this piece, in ascending order; `start` is the offset of the match's first character, counted
  /// from the stream's beginning. Matches may overlap. on_match must not use this matcher.
  /// THROWS: what on_match throws. The piece is then consumed up to and with the last character of
  ///         that match: the next feed() goes on with the character behind it.
  template <class OnMatch>
  void feed(std::span<const Char>, OnMatch) {}

  /// Begins a new stream, whose first character has the offset `first_offset`. The pattern stays.
  void reset(std::uint64_t = 0) noexcept {}
};

}  // namespace kit
