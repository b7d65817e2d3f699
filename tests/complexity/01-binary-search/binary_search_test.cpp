// Judges what the scenarios saw of first_not_less. See binary_search_scenarios.hpp.
#include "complexity/01-binary-search/binary_search_scenarios.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <string>
#include <vector>

#include "harness/report.hpp"
#include "lens/growth/bound.hpp"
#include "lens/growth/hold_claims.hpp"

void kit::scenarios::doing(const char* what) {
  kit::harness::doing(what);
}

namespace {

using namespace kit::scenarios;
using kit::harness::fail;
using kit::harness::number;
using kit::lens::Sample;

// 18,446,744,073,709,551,615.
std::string digits(std::uint64_t n) {
  std::string text = std::to_string(n);
  for (std::size_t at = text.size(); at > 3;) {
    at -= 3;
    text.insert(at, ",");
  }
  return text;
}

std::string sequence(const Search& search) {
  switch (search.values) {
    case Values::index:
      return "s[i] = i, n = " + digits(search.n);
    case Values::odd:
      if (search.n == 0) return "s is empty";
      if (search.n <= 5) {
        std::string values = "s = 1";
        for (std::uint64_t i = 1; i < search.n; ++i) values += ", " + std::to_string(2 * i + 1);
        return values;
      }
      return "s = 1, 3, 5, ..., " + digits(2 * search.n - 1) + " (n = " + digits(search.n) + ")";
    case Values::runs:
      return "s = 1, 3, 5, ..., each of them " + digits(search.run_length) +
             " times (n = " + digits(search.n) + ")";
    case Values::given:
      break;
  }
  return "a random sorted sequence, n = " + digits(search.n);
}

std::string input(const Search& search) {
  return sequence(search) + "; key " + digits(search.key);
}

std::string seen(const Search& search) {
  if (search.end == Search::End::too_many_looks) {
    return "looked at a value " + number(search.asked.looks - 1) +
           " times and had not ended (it was stopped there)";
  }
  std::string text = digits(search.seen);
  if (search.has_outside) text += ", and looked at s[" + digits(search.outside) + "]";
  return text;
}

// Fails where a search did not give the right index.
bool expect_right(const Search& search, const std::string& why, const std::string& note = "") {
  if (search.right()) return true;
  fail(input(search) + note,
       "  expected   " + digits(search.expected) + "\n  seen       " + seen(search) + "\n\n" + why);
  return false;
}

// ---- Correct ----

TEST(Correct, FiveNumbers) {
  const std::string why =
      "  The first index whose value is not less than the key; 5 where there is none.";
  for (const std::uint64_t key : {5U, 6U, 0U, 10U}) {
    if (!expect_right(five_numbers(key), why)) return;
  }
}

TEST(Correct, FindsEveryGapAndEveryKey) {
  expect_right(every_gap_and_every_key(300),
               "  Every n up to 300, every key on a value and between two. Where is the first\n"
               "  value that is not less than the key?");
}

TEST(Correct, FindsTheFirstOfEqualKeys) {
  expect_right(runs_of_equal_keys(40),
               "  Of equal values the first is asked for: an equal value in the middle does not\n"
               "  end the search, those before it may be equal too.");
}

TEST(Correct, MatchesTheLibraryOnRandomSequences) {
  expect_right(random_sequences(kit::harness::seed(), 300), "  std::lower_bound gives this index.",
               ", " + kit::harness::seed_note());
}

// ---- Robust ----

TEST(Robust, NeverLooksOutside) {
  const Search search = searches_that_may_look_outside(100);
  if (!expect_right(search, "  Here the value behind the end is above every key.")) return;
  if (!search.has_outside) return;
  fail(input(search),
       "  expected   no look at or above s.size() = " + digits(search.n) +
           "\n  seen       looked at s[" + digits(search.outside) +
           "]\n\n"
           "  There is no value at that place: with a span it is somebody else's memory.\n"
           "  When the key is above all, n is the answer, and nothing may be asked of it.");
}

TEST(Robust, EmptyAsksNothing) {
  for (const std::uint64_t key : {0U, 7U}) {
    const Search empty = one_search(0, key, Values::odd);
    if (!expect_right(empty, "  There is no value: the answer is size(), which is 0.")) return;
    if (empty.asked.looks == 0 && empty.asked.all() == 0) continue;
    fail(input(empty), "  expected   no look and no comparison\n  seen       looked at s[" +
                           digits(empty.outside) + "]\n\n" +
                           "  An empty sequence has no first value either.");
    return;
  }
  // With one value something must be asked.
  for (const std::uint64_t key : {0U, 1U, 2U}) {
    if (!expect_right(one_search(1, key, Values::odd), "  One value, above, on and below the key."))
      return;
  }
}

TEST(Robust, AnySizeOfIndex) {
  constexpr std::uint64_t k2_31 = std::uint64_t{1} << 31, k2_62 = std::uint64_t{1} << 62;
  constexpr std::uint64_t kSizes[] = {k2_31, 3 * (k2_31 / 2), 2 * k2_31 + 5, 3 * k2_62, UINT64_MAX};
  static_assert(kSizes[1] == 3U << 30);
  for (const std::uint64_t n : {kSizes[0], kSizes[1], kSizes[2], 2 * k2_62 + k2_62, kSizes[4]}) {
    for (const std::uint64_t key :
         {std::uint64_t{0}, std::uint64_t{1}, n / 3, n / 2, n - 2, n - 1, n}) {
      const Search search = huge_search(n, key);
      const bool endless = search.end == Search::End::too_many_looks;
      if (!expect_right(
              search,
              endless
                  ? "  Half of 2^64 values are left after one comparison, and one after 64. Who "
                    "walks\n"
                    "  or jumps never arrives; who adds two large indices goes round in circles: "
                    "the\n"
                    "  sum may need one bit more than they have."
                  : "  The values are computed, so that n can be larger than any memory. An index "
                    "is\n"
                    "  64 bits wide, and the sum of two of them may need 65: what do your borders\n"
                    "  and your middle come to when n is so large?"))
        return;
    }
  }
}

TEST(Robust, AsksOnlyLess) {
  for (const std::uint64_t n : {1U, 2U, 7U, 100U}) {
    for (std::uint64_t key = 0; key <= 2 * n + 1; ++key) {
      const Search search = one_search(n, key, Values::odd);
      if (!expect_right(search, "  The wrong index, so that what it asked says little.")) return;
      if (search.asked.others == 0 && search.asked.copies == 0) continue;
      std::string saw = number(search.asked.less) + " times value < key";
      if (search.asked.others > 0)
        saw += ", " + number(search.asked.others) + " times something else";
      if (search.asked.copies > 0) saw += ", " + number(search.asked.copies) + " copies";
      fail(input(search),
           "  expected   only s[i] < key, and no copy\n  seen       " + saw +
               "\n\n"
               "  The contract asks for no other operator (==, <=, >), nor for the key on the\n"
               "  left of <, nor for a copy: with types that have no more, this does not\n"
               "  compile. Bind what s[i] gives to a reference, or compare it where it stands.");
      return;
    }
  }
}

// ---- Cost ----

kit::lens::Shape optimum() {
  return {"ceil(log2(n+1))", [](double n) {
            return static_cast<double>(std::bit_width(static_cast<std::uint64_t>(n)));
          }};
}

TEST(Cost, LogarithmicComparisons) {
  const std::vector<Dearest> all = dearest_searches(2'100);
  std::vector<Sample> samples;
  for (const Dearest& each : all) {
    if (!expect_right(each.search, "  The wrong index, so that its cost says nothing.")) return;
    samples.push_back({each.n, static_cast<double>(each.search.asked.all())});
  }
  kit::lens::expect_at_most(
      samples,
      {.c = 1,
       .f = optimum(),
       .d = 1,
       .what = "comparisons",
       .ratio = "/ optimum",
       .input = "comparisons of the dearest search among n values",
       .why = "  n + 1 answers are possible and a comparison has two outcomes, so that\n"
              "  ceil(log2(n+1)) are needed. One more is allowed. Every comparison must halve\n"
              "  what is left: at every size, down to the last."});
}

TEST(Cost, NeedsNoMemory) {
  const std::uint64_t large = std::uint64_t{1} << 62;
  room_of_searches(1'024, kMostLooks);  // the first calls of anything go deeper
  const Room little = room_of_searches(1'024, kMostLooks),
             much = room_of_searches(large, kMostLooks);
  for (const Room& room : {little, much}) {
    if (!room.right) {
      expect_right(room.wrong, "  Without the right index its memory says nothing.");
      return;
    }
  }
  const std::string where = "s[i] = i, n = " + digits(large) + ", twelve keys";
  kit::harness::expect_within({.lens = "growth",
                               .key = "allocations n=2^62",
                               .measured = static_cast<double>(much.allocations),
                               .limit = 0,
                               .unit = "allocations"},
                              where,
                              "  expected   nothing asked of the heap\n  seen       " +
                                  number(much.allocations) + " allocations, " +
                                  number(much.heap_bytes) +
                                  " bytes at one time\n\n"
                                  "  No value is looked at twice, so that none has to be kept.");
  const std::int64_t more = much.stack_bytes - little.stack_bytes;
  kit::harness::expect_within(
      {.lens = "growth",
       .key = "stack bytes, 2^62 against 2^10",
       .measured = static_cast<double>(more),
       .limit = 256,
       .unit = "bytes"},
      where,
      "  " + number(much.stack_bytes) + " bytes of stack; at n = 1,024 it was " +
          number(little.stack_bytes) +
          ".\n\n"
          "  The stack must not grow with n: two borders are all that a search has to keep.");
}

TEST(Cost, ClaimsHold) {
  if (const Search search = one_search(1'000, 333, Values::odd);
      !expect_right(search, "  The wrong index, so that its cost says nothing."))
    return;
  kit::lens::LadderLimits limits;
  limits.largest = 1 << 17;
  limits.budget = 1 << 18;
  constexpr std::int64_t kPatience = 1 << 20;
  room_of_searches(64, kPatience);
  kit::lens::hold_claims(
      kit::harness::claims_file(KIT_EXERCISE),
      {{.section = "search",
        .key = "worst time",
        .truth = "log n",
        .counted = "comparisons by the dearest of twelve searches in s[i] = i",
        .column = "comparisons",
        .hint = "How much is left to look at after one comparison? After ten?",
        .meter = kit::lens::count_on_ladders(
            [](std::uint64_t n) {
              return static_cast<double>(room_of_searches(n, kPatience).comparisons);
            },
            limits)},
       {.section = "search",
        .key = "space",
        .truth = "1",
        .counted = "bytes of stack and heap of a search in s[i] = i",
        .column = "bytes",
        .hint = "What does the search keep from one comparison to the next?",
        .meter = kit::lens::count_on_ladders(
            [](std::uint64_t n) {
              const Room room = room_of_searches(n, kPatience);
              return static_cast<double>((room.stack_bytes + room.heap_bytes + 63) / 64 * 64);
            },
            limits)}});
}

}  // namespace
