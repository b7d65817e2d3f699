// Characters that count how often they are compared, and the texts made of them. See
// string_match_scenarios.hpp.
#include "complexity/11-string-match/string_match_scenarios.hpp"

#include <algorithm>
#include <limits>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "lens/growth/allocations.hpp"
#include "lens/growth/key_orders.hpp"
#include "string_match.hpp"

namespace kit::scenarios {
namespace {

struct TooMany {};
struct CallbackFailed {};

std::int64_t comparisons = 0;
std::int64_t most_comparisons = 0;  // one more throws TooMany; 0: no limit

// A letter that can be compared by ==, and nothing else. It may ignore case.
template <bool kIgnoresCase>
class Letter {
 public:
  explicit Letter(char letter) : letter_(letter) {}
  friend bool operator==(const Letter& x, const Letter& y) {
    if (++comparisons > most_comparisons && most_comparisons > 0) throw TooMany();
    return kIgnoresCase ? (x.letter_ | 0x20) == (y.letter_ | 0x20) : x.letter_ == y.letter_;
  }

 private:
  char letter_;
};
using Exact = Letter<false>;
using Caseless = Letter<true>;

static_assert(!std::is_convertible_v<std::span<const Exact>, StreamMatcher<Exact>>,
              "the constructor is explicit");
static_assert(noexcept(std::declval<StreamMatcher<Exact>&>().reset(1)), "reset() can't throw");

void begin(std::int64_t most = 0) {
  comparisons = 0;
  most_comparisons = most;
}

template <class Char>
std::vector<Char> letters(const std::string& text) {
  std::vector<Char> out;
  out.reserve(text.size());
  for (const char each : text) out.emplace_back(each);
  return out;
}

std::string small_letters(std::string text) {
  for (char& each : text) each = static_cast<char>(each | 0x20);
  return text;
}

std::string shortened(const std::string& text) {
  if (text.size() <= 40) return text.empty() ? "nothing" : text;
  return text.substr(0, 37) + "... (" + std::to_string(text.size()) + ")";
}

// What should come out: every start tried.
void expect(Search& search, bool ignoring = false) {
  const std::string pattern = ignoring ? small_letters(search.pattern) : search.pattern;
  const std::string text = ignoring ? small_letters(search.text) : search.text;
  std::size_t fed = 0;
  for (const std::size_t length : search.pieces) fed += length;
  if (fed < text.size()) search.pieces.push_back(text.size() - fed);
  for (std::size_t at = text.find(pattern); at != std::string::npos;
       at = text.find(pattern, at + 1)) {
    search.expected.push_back(search.first_offset + at);
    std::size_t piece = 0, end = search.pieces.empty() ? 0 : search.pieces[0];
    while (end < at + pattern.size()) end += search.pieces[++piece];
    search.expected_piece.push_back(piece);
  }
}

// A piece in memory of its own, so that a read past it is seen.
template <class Char>
void feed_all(StreamMatcher<Char>& matcher, Search& search) {
  std::size_t begin_of_piece = 0;
  try {
    for (std::size_t i = 0; i < search.pieces.size(); ++i) {
      const auto piece = letters<Char>(search.text.substr(begin_of_piece, search.pieces[i]));
      begin_of_piece += search.pieces[i];
      matcher.feed(std::span<const Char>(piece), [&](std::uint64_t start) {
        search.seen.push_back(start);
        search.seen_piece.push_back(i);
      });
    }
  } catch (const TooMany&) {
    search.stopped = true;
  }
}

void say(const Search& search) {
  doing("pattern " + shortened(search.pattern) + ", text " + shortened(search.text) + " in " +
        std::to_string(search.pieces.size()) + (search.pieces.size() == 1 ? " piece" : " pieces"));
}

constexpr std::int64_t kPatience = 1'000'000;

std::string random_text(lens::Random& random, std::size_t n, std::size_t alphabet) {
  std::string text(n, 'a');
  for (char& each : text) each = static_cast<char>('a' + random.below(alphabet));
  return text;
}

// abaababaabaab...: each is the one before it and the one before that.
std::string fibonacci_word(std::size_t n) {
  std::string word = "a", next = "ab";
  while (word.size() < n) {
    std::string longer = next + word;
    word = std::exchange(next, std::move(longer));
  }
  word.resize(n);
  return word;
}

// `unit` again and again.
std::string repeated(const std::string& unit, std::size_t n) {
  std::string text;
  text.reserve(n + unit.size());
  while (text.size() < n) text += unit;
  text.resize(n);
  return text;
}

struct Texts {
  std::string pattern, text;
};

Texts texts_of(Kind kind, std::size_t n, std::size_t m) {
  const std::string almost = std::string(m - 1, 'a') + 'b';
  switch (kind) {
    case Kind::one_letter:
      return {std::string(m, 'a'), std::string(n, 'a')};
    case Kind::almost:
      return {almost, std::string(n, 'a')};
    case Kind::broken_period:
      return {std::string(m, 'a'), repeated(almost, n)};
    case Kind::fibonacci: {
      Texts made{fibonacci_word(m), fibonacci_word(n)};
      made.pattern.back() = made.pattern.back() == 'a' ? 'b' : 'a';
      return made;
    }
    case Kind::random:
      break;
  }
  lens::Random random(20260101);
  std::string pattern = random_text(random, m, 4);
  return {std::move(pattern), random_text(random, n, 4)};
}

std::int64_t matches_in(const Texts& texts) {
  std::int64_t count = 0;
  // Nothing but one letter: the library's find would take n m for all of them.
  if (texts.text.find_first_not_of('a') == std::string::npos) {
    const bool same = texts.pattern.find_first_not_of('a') == std::string::npos;
    return same ? static_cast<std::int64_t>(texts.text.size() - texts.pattern.size() + 1) : 0;
  }
  for (std::size_t at = texts.text.find(texts.pattern); at != std::string::npos;
       at = texts.text.find(texts.pattern, at + 1))
    ++count;
  return count;
}

}  // namespace

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::one_letter:
      return "all a; pattern all a";
    case Kind::almost:
      return "all a; pattern a...ab";
    case Kind::broken_period:
      return "a...ab again and again; pattern all a";
    case Kind::fibonacci:
      return "Fibonacci word; pattern its beginning, last letter changed";
    case Kind::random:
      return "four letters at random";
  }
  return "";
}

Search search_for(const std::string& pattern, const std::string& text,
                  std::vector<std::size_t> pieces, std::uint64_t first_offset) {
  begin(kPatience);
  Search search;
  search.pattern = pattern;
  search.text = text;
  search.pieces = std::move(pieces);
  search.first_offset = first_offset;
  expect(search);
  say(search);
  try {
    const auto copy = letters<Exact>(pattern);
    StreamMatcher<Exact> matcher{std::span<const Exact>(copy)};
    if (first_offset != 0) matcher.reset(first_offset);
    feed_all(matcher, search);
  } catch (const TooMany&) {
    search.stopped = true;
  }
  return search;
}

Search small_texts(std::uint64_t seed) {
  lens::Random random(seed);
  Search last;
  for (int i = 0; i < 2'000; ++i) {
    // Short texts first: where one fails the message is short too.
    const std::size_t longest = std::min<std::size_t>(200, 4 + static_cast<std::size_t>(i) / 2);
    const std::string pattern = random_text(random, 1 + random.below(8), 2);
    last = search_for(pattern, random_text(random, random.below(longest + 1), 2));
    if (!last.right()) return last;
  }
  return last;
}

Search cut_texts(std::uint64_t seed) {
  lens::Random random(seed);
  Search last;
  for (int i = 0; i < 30; ++i) {
    const std::size_t m = 1 + random.below(7);
    const std::string unit = random_text(random, 1 + random.below(3), 2);
    const std::string pattern = i % 3 == 0 ? random_text(random, m, 2) : repeated(unit, m);
    std::string text = i % 3 == 0 ? random_text(random, 60, 2) : repeated(unit, 60);
    if (i % 3 == 2) text[30 + random.below(20)] = 'c';
    for (std::size_t cut = 0; cut <= text.size(); ++cut) {
      last = search_for(pattern, text, {cut, text.size() - cut});
      if (!last.right()) return last;
    }
    for (const std::size_t length : {std::size_t{1}, m - 1, m, m + 1}) {
      if (length == 0) continue;
      std::vector<std::size_t> pieces;
      for (std::size_t fed = 0; fed + length <= text.size(); fed += length) {
        pieces.push_back(length);
        if (i % 2 == 0) pieces.push_back(0);
      }
      last = search_for(pattern, text, pieces);
      if (!last.right()) return last;
    }
    std::vector<std::size_t> pieces;
    for (std::size_t fed = 0; fed < text.size();) {
      pieces.push_back(std::min(random.below(6), text.size() - fed));
      fed += pieces.back();
    }
    last = search_for(pattern, text, pieces);
    if (!last.right()) return last;
  }
  return last;
}

Search ignoring_case() {
  begin(kPatience);
  Search search;
  search.pattern = "aBaB";
  search.text = "AbabaBABcaBab";
  search.pieces = {5};
  search.before = "an == that takes A for a";
  expect(search, true);
  say(search);
  try {
    const auto pattern = letters<Caseless>(search.pattern);
    StreamMatcher<Caseless> matcher{std::span<const Caseless>(pattern)};
    feed_all(matcher, search);
  } catch (const TooMany&) {
    search.stopped = true;
  }
  return search;
}

Search pattern_overwritten() {
  begin(kPatience);
  Search search;
  search.pattern = "abab";
  search.text = "ababcabababxxxx";
  search.before = "the caller's pattern became xxxx after the construction";
  expect(search);
  say(search);
  try {
    std::vector<Exact> pattern = letters<Exact>(search.pattern);
    StreamMatcher<Exact> matcher{std::span<const Exact>(pattern)};
    std::fill(pattern.begin(), pattern.end(), Exact('x'));
    feed_all(matcher, search);
  } catch (const TooMany&) {
    search.stopped = true;
  }
  return search;
}

Search after_a_reset() {
  Search last;
  for (const std::string begun : {"", "a", "ab", "aba", "abab", "xabababa"}) {
    for (const std::uint64_t offset : {std::uint64_t{0}, std::uint64_t{1'000}}) {
      begin(kPatience);
      last = {};
      last.pattern = "abab";
      last.text = "babababxab";
      last.first_offset = offset;
      last.before = "after " + (begun.empty() ? "nothing" : begun) + " and reset(" +
                    (offset == 0 ? "" : std::to_string(offset)) + ")";
      expect(last);
      say(last);
      try {
        const auto pattern = letters<Exact>(last.pattern);
        StreamMatcher<Exact> matcher{std::span<const Exact>(pattern)};
        const auto first = letters<Exact>(begun);
        matcher.feed(std::span<const Exact>(first), [](std::uint64_t) {});
        offset == 0 ? matcher.reset() : matcher.reset(offset);
        feed_all(matcher, last);
      } catch (const TooMany&) {
        last.stopped = true;
      }
      if (!last.right()) return last;
    }
  }
  return last;
}

Refused empty_pattern() {
  begin(kPatience);
  doing("an empty pattern");
  Refused seen;
  try {
    StreamMatcher<Exact> matcher{std::span<const Exact>()};
  } catch (const std::invalid_argument&) {
    seen.refused = true;
  } catch (...) {
    seen.another_exception = true;
  }
  return seen;
}

Interrupted interrupted_at(const std::string& pattern, const std::string& text, std::size_t at) {
  begin(kPatience);
  Interrupted run;
  run.at = at;
  Search& search = run.search;
  search.pattern = pattern;
  search.text = text;
  search.before = "the callback throws at match " + std::to_string(at);
  expect(search);
  // Which feed() reports a match is not what this is about.
  search.seen_piece = search.expected_piece;
  doing("pattern " + pattern + ", text " + text + ": " + search.before);
  try {
    const auto copy = letters<Exact>(pattern);
    StreamMatcher<Exact> matcher{std::span<const Exact>(copy)};
    const auto all = letters<Exact>(text);
    std::size_t rest = 0;
    try {
      matcher.feed(std::span<const Exact>(all), [&](std::uint64_t start) {
        search.seen.push_back(start);
        if (search.seen.size() == at) throw CallbackFailed();
      });
    } catch (const CallbackFailed&) {
      run.thrown = true;
      // The match before it may be at the wrong place: then the rest is taken from where it should.
      rest = static_cast<std::size_t>(search.expected[std::min(at, search.expected.size()) - 1]) +
             pattern.size();
    }
    if (run.thrown) {
      matcher.feed(std::span<const Exact>(all).subspan(rest),
                   [&](std::uint64_t start) { search.seen.push_back(start); });
    }
  } catch (const TooMany&) {
    search.stopped = true;
  }
  return run;
}

Counts counted(Kind kind, std::size_t n, std::size_t m, std::size_t piece, std::int64_t most) {
  const Texts texts = texts_of(kind, n, m);
  const auto pattern = letters<Exact>(texts.pattern);
  const auto text = letters<Exact>(texts.text);
  Counts counts;
  std::int64_t matches = 0;
  doing(std::string(name_of(kind)) + ", n = " + std::to_string(n) + ", m = " + std::to_string(m));
  begin(most);
  try {
    const lens::CountAllocations heap;
    StreamMatcher<Exact> matcher{std::span<const Exact>(pattern)};
    counts.construction = comparisons;
    const std::int64_t asked_before = heap.calls();
    const std::span<const Exact> all(text);
    const std::size_t step = piece == 0 ? n : piece;
    try {
      for (std::size_t at = 0; at < n; at += step) {
        const std::int64_t before = comparisons;
        matcher.feed(all.subspan(at, std::min(step, n - at)), [&](std::uint64_t) { ++matches; });
        if (step == 1) counts.dearest = std::max(counts.dearest, comparisons - before);
      }
    } catch (const TooMany&) {
      counts.stopped = true;
    }
    counts.allocations = heap.calls() - asked_before;
    counts.peak_bytes = heap.peak_bytes();
  } catch (const TooMany&) {
    counts.stopped = true;
  }
  counts.feeding = comparisons - counts.construction;
  counts.right = counts.stopped || matches == matches_in(texts);
  return counts;
}

Counts constructed(Kind kind, std::size_t m, std::int64_t most) {
  const auto pattern = letters<Exact>(texts_of(kind, m, m).pattern);
  Counts counts;
  doing("constructed, m = " + std::to_string(m));
  begin(most);
  try {
    const StreamMatcher<Exact> matcher{std::span<const Exact>(pattern)};
    counts.right = true;
  } catch (const TooMany&) {
    counts.stopped = true;
  }
  counts.construction = comparisons;
  return counts;
}

Counts dearest_character(std::size_t m) {
  // a...ab, and a Fibonacci word that ends otherwise than the pattern: many borders to try.
  const Counts plain = counted(Kind::broken_period, m, m, 1, 0);
  Texts texts{fibonacci_word(m), fibonacci_word(m)};
  texts.text.back() = 'c';
  const auto pattern = letters<Exact>(texts.pattern);
  const auto text = letters<Exact>(texts.text);
  begin();
  StreamMatcher<Exact> matcher{std::span<const Exact>(pattern)};
  matcher.feed(std::span<const Exact>(text).first(m - 1), [](std::uint64_t) {});
  const std::int64_t before = comparisons;
  matcher.feed(std::span<const Exact>(text).subspan(m - 1), [](std::uint64_t) {});
  Counts counts = plain;
  counts.dearest = std::max(plain.dearest, comparisons - before);
  return counts;
}

}  // namespace kit::scenarios
