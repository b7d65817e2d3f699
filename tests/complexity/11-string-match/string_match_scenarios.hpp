// What the suite does with StreamMatcher, and the plain values in which it says what it saw. Compiled
// with the submission and without GoogleTest, so that an edit compiles fast; string_match_test.cpp
// judges and speaks.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kit::scenarios {

/// What the running test is about to do, shown if it crashes there; string_match_test.cpp has it.
void doing(const std::string& what);

using Starts = std::vector<std::uint64_t>;

/// One stream: where matches should be, and where they were reported.
struct Search {
  std::string pattern, text;
  std::vector<std::size_t> pieces;  // their lengths, in order; empty: the whole text in one
  std::uint64_t first_offset = 0;
  std::string before;  // what went before this stream: "after aab, and reset()"
  Starts expected, seen;
  // The piece in which each was reported, and in which it was complete.
  std::vector<std::size_t> expected_piece, seen_piece;
  bool stopped = false;  // after far too many comparisons
  bool right() const { return !stopped && seen == expected && seen_piece == expected_piece; }
};

/// `pieces`: lengths; what is left of the text makes the last piece.
Search search_for(const std::string& pattern, const std::string& text,
                  std::vector<std::size_t> pieces = {}, std::uint64_t first_offset = 0);
/// Each gives the first search that isn't right; the last one, if all were.
Search small_texts(std::uint64_t seed);  // 2,000 of two letters, m up to 8, n up to 200
Search cut_texts(std::uint64_t seed);    // 30 texts, each cut in many ways
/// By an == that takes a capital for its small letter.
Search ignoring_case();
/// The caller's pattern is overwritten before the text comes.
Search pattern_overwritten();
/// In the middle of a match, reset(); and a second stream by the same object.
Search after_a_reset();

struct Refused {
  bool refused = false, another_exception = false;
};
Refused empty_pattern();

/// The callback throws at match number `at` (from 1), and the text goes on behind that match.
struct Interrupted {
  Search search;
  std::size_t at = 0;
  bool thrown = false;  // what the callback threw came out of feed()
};
Interrupted interrupted_at(const std::string& pattern, const std::string& text, std::size_t at);

/// What was done with characters and memory.
struct Counts {
  std::int64_t construction = 0, feeding = 0;  // comparisons
  std::int64_t dearest = 0;                    // of one character, where it was fed alone
  std::int64_t allocations = 0;                // by feed()
  std::int64_t peak_bytes = 0;
  bool right = false;    // as many matches as there are
  bool stopped = false;  // after `most` comparisons
};

enum class Kind { one_letter, almost, broken_period, fibonacci, random };
inline constexpr Kind kKinds[] = {Kind::one_letter, Kind::almost, Kind::broken_period,
                                  Kind::fibonacci, Kind::random};
/// "a^n, pattern a^m".
const char* name_of(Kind kind);

/// The text and pattern of this kind, in pieces of `piece` characters (0: in one).
Counts counted(Kind kind, std::size_t n, std::size_t m, std::size_t piece, std::int64_t most);
/// The construction alone.
Counts constructed(Kind kind, std::size_t m, std::int64_t most);
/// Texts that make a single character dear, fed one by one.
Counts dearest_character(std::size_t m);

}  // namespace kit::scenarios
