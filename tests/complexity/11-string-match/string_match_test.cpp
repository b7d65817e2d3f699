// Judges what the scenarios saw of StreamMatcher. See string_match_scenarios.hpp.
#include "complexity/11-string-match/string_match_scenarios.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "harness/report.hpp"
#include "lens/growth/bound.hpp"
#include "lens/growth/hold_claims.hpp"

void kit::scenarios::doing(const std::string& what) {
  kit::harness::doing(what);
}

namespace {

using namespace kit::scenarios;
using kit::harness::fail;
using kit::harness::number;
using kit::lens::CountOn;

std::string number_of(std::size_t n) {
  return number(static_cast<std::int64_t>(n));
}

// Long texts are shown around the place where the answer parts from the right one.
std::string shown(const std::string& text, std::size_t around, std::size_t& from) {
  constexpr std::size_t kWidth = 60;
  from = around > kWidth / 2 && text.size() > kWidth ? around - kWidth / 2 : 0;
  return text.substr(from, kWidth);
}

std::string in_words(const Starts& starts) {
  if (starts.empty()) return "none";
  std::string text;
  for (std::size_t i = 0; i < starts.size() && i < 8; ++i)
    text += (i == 0 ? "" : ", ") + number(static_cast<std::int64_t>(starts[i]));
  if (starts.size() > 8) text += ", ... (" + std::to_string(starts.size()) + ")";
  return text;
}

std::string pieces_of(const Search& search) {
  if (search.pieces.size() < 2) return "";
  std::string text = ", in pieces of ";
  for (std::size_t i = 0; i < search.pieces.size() && i < 6; ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(search.pieces[i]);
  return text + (search.pieces.size() > 6 ? ", ..." : "");
}

std::string story_of(const Search& search) {
  if (search.stopped) return "  stopped after a million comparisons\n";
  std::size_t at = 0;
  while (at < search.seen.size() && at < search.expected.size() &&
         search.seen[at] == search.expected[at])
    ++at;
  if (at == search.seen.size() && at == search.expected.size()) {
    for (at = 0; search.seen_piece[at] == search.expected_piece[at];) ++at;
    return "  the match at " + number(static_cast<std::int64_t>(search.expected[at])) +
           " is complete in piece " + std::to_string(search.expected_piece[at] + 1) +
           ", and was reported in piece " + std::to_string(search.seen_piece[at] + 1) + "\n";
  }
  // The first place at which the two say different things.
  std::uint64_t place = UINT64_MAX;
  if (at < search.expected.size()) place = search.expected[at];
  if (at < search.seen.size()) place = std::min(place, search.seen[at]);
  std::size_t from = 0;
  const std::uint64_t in_text = place - search.first_offset;
  const std::string text =
      shown(search.text, in_text < search.text.size() ? in_text : search.text.size(), from);
  std::string story = "  text       " + text + "\n";
  if (in_text < search.text.size())
    story += "             " + std::string(in_text - from, ' ') + "^ " +
             number(static_cast<std::int64_t>(place)) + "\n";
  return story + "  expected   " + in_words(search.expected) + "\n  reported   " +
         in_words(search.seen) + "\n";
}

bool expect_right(const Search& search, const std::string& why, const std::string& note = "") {
  if (search.right()) return true;
  std::string input = "pattern " + search.pattern + ", " + number_of(search.text.size()) +
                      " characters" + pieces_of(search) + note;
  if (!search.before.empty()) input += "; " + search.before;
  fail(input, story_of(search) + "\n" + why);
  return false;
}

// ---- Correct ----

TEST(Correct, FindsOverlaps) {
  const std::pair<const char*, const char*> cases[] = {
      {"aa", "aaaa"},          {"a", "aaaa"},           {"aba", "ababababa"},
      {"abab", "abababab"},    {"aabaa", "aabaabaaba"}, {"abcabd", "abcabcabdabcabd"},
      {"aaab", "aaaaabaaaab"}, {"abacab", "abacabacab"}};
  for (const auto& [pattern, text] : cases) {
    if (!expect_right(search_for(pattern, text),
                      "  Matches may share characters: what is an end of one may be the beginning\n"
                      "  of the next."))
      return;
  }
}

TEST(Correct, MatchAcrossPieces) {
  expect_right(search_for("abab", "ababcabababab", {4, 3, 6}),
               "  A match may begin in one piece and end in another.");
}

TEST(Correct, AgreesWithNaive) {
  expect_right(small_texts(kit::harness::seed()), "  Every start tried in turn gives these.",
               ", " + kit::harness::seed_note());
}

TEST(Correct, PiecesDoNotMatter) {
  expect_right(cut_texts(kit::harness::seed()),
               "  Where the text is cut changes nothing: the state goes over to the next piece,\n"
               "  and a match is reported in the piece that completes it.",
               ", " + kit::harness::seed_note());
}

TEST(Correct, OffsetsPastFourBillion) {
  constexpr std::uint64_t kNearly = (std::uint64_t{1} << 32) - 5;
  for (const std::vector<std::size_t>& pieces : {std::vector<std::size_t>{}, {1, 1, 9, 2}}) {
    if (!expect_right(search_for("aba", "abacabaababa", pieces, kNearly),
                      "  The stream's first character has the offset 2^32 - 5: offsets need 64 "
                      "bits,\n  at every step."))
      return;
  }
}

TEST(Correct, AsksTheEqualityOfChar) {
  expect_right(ignoring_case(),
               "  What is equal is for == to say. Equal characters may differ in their bytes:\n"
               "  neither memcmp nor a hash of the bytes knows that.");
}

// ---- Robust ----

TEST(Robust, EmptyPatternIsRefused) {
  const Refused seen = empty_pattern();
  if (seen.refused) return;
  fail("an empty pattern",
       std::string("  expected   std::invalid_argument\n  seen       ") +
           (seen.another_exception ? "another exception" : "a matcher") +
           "\n\n  It would match between any two characters, also before the first has come.");
}

TEST(Robust, PatternLongerThanTheText) {
  for (const char* text : {"", "a", "abababa"}) {
    if (!expect_right(search_for("abababab", text), "  What has not come yet can't match.")) return;
  }
  if (!expect_right(search_for("abab", "abab"), "  The text is the pattern.")) return;
  expect_right(search_for("abab", "", {0, 0, 0}), "  Pieces may be empty.");
}

TEST(Robust, OwnsItsPattern) {
  expect_right(pattern_overwritten(),
               "  The matcher outlives the range that it was given: it needs a copy.");
}

TEST(Robust, ResetForgets) {
  expect_right(after_a_reset(),
               "  reset() begins a new stream: nothing of the old one is matched any more, and\n"
               "  offsets count from the one given.");
}

TEST(Robust, CallbackMayThrow) {
  const std::pair<const char*, const char*> cases[] = {
      {"aba", "abababcababa"}, {"a", "aabaa"}, {"aa", "aaaaaa"}, {"abc", "abcabcxabc"}};
  for (const auto& [pattern, text] : cases) {
    const std::size_t matches = search_for(pattern, text).expected.size();
    for (std::size_t at = 1; at <= matches; ++at) {
      const Interrupted run = interrupted_at(pattern, text, at);
      if (!run.thrown && !run.search.stopped && run.search.seen.size() >= at) {
        fail(std::string("pattern ") + pattern + ", text " + text + "; " + run.search.before,
             "  expected   the callback's exception\n  seen       none\n\n"
             "  Whoever wrote the callback wants to know.");
        return;
      }
      if (!expect_right(
              run.search,
              "  When it throws, the piece is consumed up to and with the last character\n"
              "  of that match, and feed() is given what lies behind it. So the matched\n"
              "  length and the offset have to be right before the callback is called."))
        return;
    }
  }
}

// ---- Cost ----

constexpr std::size_t kText = 100'000;
constexpr std::size_t kPattern = 64;

TEST(Cost, ThreeComparisonsAPatternCharacter) {
  for (const std::size_t m : {1U, 2U, 3U, 64U, 1'000U, 4'096U}) {
    std::vector<CountOn> counts;
    for (const Kind kind : kKinds) {
      const Counts run = constructed(kind, m, static_cast<std::int64_t>(100 * m + 100));
      counts.push_back({name_of(kind), {m, static_cast<double>(run.construction)}});
    }
    if (!kit::lens::expect_each_at_most(
            counts,
            {.c = 3,
             .f = {"m", [](double n) { return n; }},
             .what = "comparisons",
             .ratio = "a character",
             .input = "the constructor, m = " + number_of(m),
             .why = "  The pattern is made by the same enemy as the text. Its table can be\n"
                    "  had by the search itself, with the pattern as its own text: each\n"
                    "  comparison goes on by a character, or shortens what is matched."}))
      return;
  }
}

TEST(Cost, TwoComparisonsATextCharacter) {
  for (const std::size_t piece : {std::size_t{0}, std::size_t{7}}) {
    std::vector<CountOn> counts;
    for (const Kind kind : kKinds) {
      const Counts run = counted(kind, kText, kPattern, piece, 80 * kText);
      if (!run.right) {
        fail(std::string(name_of(kind)) + ", n = " + number_of(kText) +
                 ", m = " + number_of(kPattern),
             "  The wrong number of matches: the cost says nothing.");
        return;
      }
      counts.push_back({name_of(kind), {kText, static_cast<double>(run.feeding)}});
    }
    if (!kit::lens::expect_each_at_most(
            counts,
            {.c = 2,
             .f = {"n", [](double n) { return n; }},
             .what = "comparisons",
             .ratio = "a character",
             .input = "n = " + number_of(kText) + ", m = " + number_of(kPattern) +
                      (piece == 0 ? ", in one piece" : ", in pieces of 7"),
             .why = "  A mismatch after j characters tells what the last j were: none of them\n"
                    "  needs to be looked at again. Each comparison takes one more character, or\n"
                    "  shortens what is matched, which grows by one a character: 2n in all."}))
      return;
  }
}

TEST(Cost, NoAllocationWhileFeeding) {
  // Few matches and many mismatches; a match at each character.
  for (const Kind kind : {Kind::broken_period, Kind::one_letter}) {
    for (const std::size_t piece : {std::size_t{0}, std::size_t{7}}) {
      const Counts run = counted(kind, kText, kPattern, piece, 80 * kText);
      const std::string input = std::string(name_of(kind)) + ", n = " + number_of(kText) +
                                ", m = " + number_of(kPattern) +
                                (piece == 0 ? ", in one piece" : ", in pieces of 7");
      if (!kit::harness::expect_within({.lens = "growth",
                                        .key = "allocations, " + input,
                                        .measured = static_cast<double>(run.allocations),
                                        .limit = 0,
                                        .unit = "allocations"},
                                       input,
                                       "  " + number(run.allocations) +
                                           " allocations by feed(), expected none.\n\n"
                                           "  Between two characters one number is all there is to "
                                           "know, and a match\n  is reported when it is found."))
        return;
    }
  }
}

TEST(Cost, MemoryFollowsThePattern) {
  for (const std::size_t m : {std::size_t{1}, kPattern, std::size_t{1'000}}) {
    for (const std::size_t piece : {std::size_t{0}, std::size_t{7}}) {
      const Counts run = counted(Kind::random, kText, m, piece, 0);
      const auto bound = static_cast<std::int64_t>(64 * m + 1'024);
      const std::string input = "n = " + number_of(kText) + ", m = " + number_of(m) +
                                (piece == 0 ? ", in one piece" : ", in pieces of 7");
      if (!kit::harness::expect_within(
              {.lens = "growth",
               .key = "bytes, " + input,
               .measured = static_cast<double>(run.peak_bytes),
               .limit = static_cast<double>(bound),
               .unit = "bytes"},
              input,
              "  " + number(run.peak_bytes) + " bytes at one time; 64m + 1,024 = " + number(bound) +
                  " are allowed.\n\n"
                  "  The stream has no end. What went by and can't be part of a match any more\n"
                  "  is nobody's concern."))
        return;
    }
  }
}

TEST(Cost, ClaimsHold) {
  const Search probe = search_for("abab", "ababcabababab", {4, 3, 6});
  if (!probe.right()) {
    expect_right(probe, "  The wrong matches, so that their cost says nothing.");
    return;
  }
  // Where a claim is too low by a factor m, the counts needn't go on for long.
  constexpr std::int64_t kPatience = 8'000'000;
  kit::lens::LimitsInTwo limits;
  limits.fixed_x = 16;  // n, small: what the construction costs
  limits.fixed_y = 16;  // m, small: what the text costs
  limits.along_x = {.start = 256, .largest = 1 << 15};
  limits.along_y = {.start = 256, .largest = 1 << 15};
  const auto in_two = [&](auto what) {
    return kit::lens::count_in_two(
        "n", "m",
        [what](std::uint64_t n, std::uint64_t m) {
          return static_cast<double>(what(counted(Kind::almost, n, m, 0, kPatience)));
        },
        limits);
  };
  kit::lens::LadderLimits along_m;
  along_m.start = 64;
  along_m.largest = 1 << 14;
  kit::lens::hold_claims(
      kit::harness::claims_file(KIT_EXERCISE),
      {{.section = "whole_text",
        .key = "worst time",
        .variables = {"n", "m"},
        .truth = "n + m",
        .counted = "comparisons, the text all a, the pattern a...ab",
        .column = "comparisons",
        .hint = "How often can one character of the text be compared, in the whole run? And\n"
                "  what does the table cost?",
        .meter = in_two([](const Counts& run) { return run.construction + run.feeding; })},
       {.section = "whole_text",
        .key = "space",
        .variables = {"n", "m"},
        .truth = "m",
        .counted = "bytes of heap at one time",
        .column = "bytes",
        .hint = "What has to be known of the text that went by?",
        .meter = in_two([](const Counts& run) { return run.peak_bytes; })},
       {.section = "one_character",
        .key = "amortised time",
        .variables = {"m"},
        .truth = "1",
        .counted = "comparisons a character, in the mean over any text",
        .hint = "How often can what is matched be shortened, if each character adds one?",
        .along = "m"},
       {.section = "one_character",
        .key = "worst time",
        .variables = {"m"},
        .truth = "m",
        .also = {"log m"},  // where the links skip borders that must fail too
        .counted = "comparisons of the dearest character",
        .column = "comparisons",
        .hint = "How many borders can there be to try, and does your table pass over those\n"
                "  that fail for the same reason?",
        .meter = kit::lens::count_on_ladders(
            [](std::uint64_t m) { return static_cast<double>(dearest_character(m).dearest); },
            along_m),
        .along = "m"}});
}

}  // namespace
