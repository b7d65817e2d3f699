// Judges what the scenarios saw of TopK. See top_k_scenarios.hpp.
#include "complexity/12-top-k-stream/top_k_scenarios.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "harness/report.hpp"
#include "lens/growth/bound.hpp"
#include "lens/growth/expected.hpp"
#include "lens/growth/hold_claims.hpp"

void kit::scenarios::doing(const std::string& what) {
  kit::harness::doing(what);
}

namespace {

using namespace kit::scenarios;
using kit::harness::fail;
using kit::harness::number;
using kit::lens::Sample;

std::string in_words(const std::vector<int>& values) {
  if (values.empty()) return "nothing";
  std::string text;
  for (std::size_t i = 0; i < values.size() && i < 10; ++i)
    text += (i == 0 ? "" : ", ") + std::to_string(values[i]);
  if (values.size() > 10) text += ", ... (" + std::to_string(values.size()) + ")";
  return text;
}

bool expect_right(const Stream& stream, const std::string& why, const std::string& note = "") {
  if (stream.right()) return true;
  std::string story;
  if (stream.stopped) {
    story = "  stopped after a million comparisons\n";
  } else if (stream.seen != stream.expected) {
    story = "  expected   " + in_words(stream.expected) + "\n  taken      " +
            in_words(stream.seen) + "\n";
    std::size_t at = 0;
    while (at < stream.seen.size() && at < stream.expected.size() &&
           stream.seen[at] == stream.expected[at])
      ++at;
    story += "  they part at place " + std::to_string(at) + "\n";
  } else if (stream.seen_size != stream.expected_size) {
    story = "  size() before take() is " + number(static_cast<std::int64_t>(stream.seen_size)) +
            ", expected " + number(static_cast<std::int64_t>(stream.expected_size)) + "\n";
  } else {
    story = "  size() after take() is " + number(static_cast<std::int64_t>(stream.size_after)) +
            ", expected 0\n";
  }
  fail(stream.input + note, story + "\n" + why);
  return false;
}

// ---- Correct ----

TEST(Correct, SixScores) {
  expect_right(stream_of({4, 8, 1, 9, 2, 7}, 3), "  The three largest of six, largest first.");
}

TEST(Correct, LargestFirst) {
  for (const std::size_t k : {2U, 3U, 6U, 10U}) {
    if (!expect_right(stream_of({6, 3, 10, 1, 9, 2, 8, 4, 7, 5}, k),
                      "  take() hands them out in order, the largest first. The order in which a\n"
                      "  heap keeps them isn't that."))
      return;
  }
}

TEST(Correct, AgreesWithSorting) {
  expect_right(small_streams(kit::harness::seed()),
               "  Sorted from the largest down and cut off behind k, this is what is left.",
               ", " + kit::harness::seed_note());
}

TEST(Correct, KeepsTheRightNumberOfEquals) {
  expect_right(equal_values(), "  Equal values are values of their own: each of them counts.");
}

TEST(Correct, TakeThenPushAgain) {
  expect_right(second_stream(),
               "  take() ends a stream. Nothing of it may be left: no value, no threshold\n"
               "  that a new value must beat, no count.");
}

TEST(Correct, AsksTheOrderGiven) {
  expect_right(given_order(),
               "  The order came with the constructor and has a state: \"less\" is reversed,\n"
               "  so the three smallest win. A Less{} of your own doesn't know it.");
}

// ---- Robust ----

TEST(Robust, ZeroAndOne) {
  for (const std::size_t k : {0U, 1U}) {
    for (const std::vector<int>& values :
         {std::vector<int>{}, std::vector<int>{5}, std::vector<int>{5, 9, 1, 9, 7}}) {
      if (!expect_right(stream_of(values, k),
                        "  k = 0 keeps nothing, and there is no smallest of nothing to compare "
                        "with.\n  k = 1 keeps the maximum."))
        return;
    }
  }
}

TEST(Robust, HugeKNeedsNoRoom) {
  for (const std::size_t k : {std::size_t{1} << 32, (std::size_t{1} << 63) + 1, SIZE_MAX}) {
    const Huge huge = huge_k(k);
    const std::string input = std::string("six values, k = ") + (k == SIZE_MAX ? "2^64 - 1"
                                                                 : k >> 63     ? "2^63 + 1"
                                                                               : "2^32");
    if (huge.thrown) {
      fail(input,
           "  expected   all six, largest first\n  seen       an exception\n\n"
           "  Room is needed for what was pushed, not for what k allows: six values.\n"
           "  k may be any number, also one whose double doesn't fit.");
      return;
    }
    if (!expect_right(huge.stream,
                      "  With fewer than k values all are kept. k may be any number: does 2k, or\n"
                      "  k + 1, still fit where you compute it?"))
      return;
    if (!kit::harness::expect_within(
            {.lens = "growth",
             .key = "bytes for six values, " + input,
             .measured = static_cast<double>(huge.bytes),
             .limit = 65'536,
             .unit = "bytes"},
            input,
            "  " + number(huge.bytes) +
                " bytes asked for, and six values came; 65,536 are allowed.\n\n"
                "  Memory grows with what is kept, not with k: nobody knows whether\n"
                "  k values will come."))
      return;
  }
}

TEST(Robust, MoveOnlyValues) {
  const Moved moved = moved_values();
  if (!expect_right(moved.stream, "  Only rvalues were pushed.")) return;
  if (moved.copies_by_push == 0 && moved.copies_by_take == 0) return;
  fail(moved.stream.input + ", each pushed as an rvalue",
       "  expected   no copy\n  seen       " + number(moved.copies_by_push) +
           " copies by push(T&&), " + number(moved.copies_by_take) +
           " by take()\n\n"
           "  A value that can only be moved (a unique_ptr) does not compile there. In\n"
           "  push(T&& v) the name v is an lvalue: std::move hands it on.");
}

TEST(Robust, ThrowingComparison) {
  const Thrown thrown = throwing_comparisons();
  if (thrown.bad.empty() && thrown.cases > 14) return;
  fail(thrown.input,
       thrown.bad.empty()
           ? "  expected   a comparison for each value at least\n  seen       " +
                 number(static_cast<std::int64_t>(thrown.cases - 1)) +
                 " comparisons in all\n\n"
                 "  The best of 14 can't be known with fewer than 13 comparisons."
           : "  " + thrown.bad +
                 ".\n\n"
                 "  A comparison may throw at any time. What is held then is open, but it has\n"
                 "  an owner who destroys it, and take() makes all as new: no count and no\n"
                 "  value may be left behind.");
}

// ---- Cost ----

std::string sizes(std::size_t n, std::size_t k) {
  return "n = " + number(static_cast<std::int64_t>(n)) +
         ", k = " + number(static_cast<std::int64_t>(k));
}

double ceil_log2(std::size_t k) {
  return k < 2 ? 0 : static_cast<double>(std::bit_width(k - 1));
}

bool expect_taken(const LongRun& run, Arrival arrival) {
  if (run.right || run.stopped) return true;
  fail(sizes(run.n, run.k) + ", " + name_of(arrival),
       "  The values taken are not the k largest in order: the cost says nothing.");
  return false;
}

double random_bound(std::size_t n, std::size_t k) {
  const double N = static_cast<double>(n), K = static_cast<double>(k);
  return N + 2 * K * ceil_log2(k) * (2 + std::log(N / K));
}

TEST(Cost, OneComparisonForMost) {
  struct Case {
    std::size_t n, k;
    int seeds;
  };
  for (const Case& each :
       {Case{100'000, 1'000, 8}, Case{1'000'000, 100, 2}, Case{1'000'000, 1'000, 2}}) {
    const double bound = random_bound(each.n, each.k);
    double sum = 0;
    bool stopped = false;
    for (int i = 0; i < each.seeds && !stopped; ++i) {
      const LongRun run = run_of(Arrival::random, each.n, each.k,
                                 kit::harness::seed() + static_cast<std::uint64_t>(i),
                                 static_cast<std::int64_t>(2 * each.seeds * bound));
      if (!expect_taken(run, Arrival::random)) return;
      stopped = run.stopped;
      sum += static_cast<double>(run.of_all.comparisons);
    }
    const double mean = stopped ? sum : sum / each.seeds;
    const std::string input = sizes(each.n, each.k) + ", random order";
    if (!kit::harness::expect_within(
            {.lens = "growth",
             .key = "comparisons, random, " + sizes(each.n, each.k),
             .measured = mean,
             .limit = std::floor(bound),
             .unit = "comparisons"},
            input + ", " + kit::harness::seed_note(),
            (stopped ? "  stopped after " + number(mean, 0) + " comparisons"
                     : "  " + number(mean, 0) + " comparisons, take() included, in the mean of " +
                           std::to_string(each.seeds) + " runs") +
                ": " + number(mean / static_cast<double>(each.n), 3) + " a value.\n  Allowed are " +
                number(bound, 0) + ", " + number(bound / static_cast<double>(each.n), 4) +
                " a value: n + 2k ceil(log2 k)(2 + ln(n/k)).\n\n"
                "  In random order the i-th value is among the k largest so far with\n"
                "  probability k/i only. All others should be gone after one comparison: with\n"
                "  which of the kept?"))
      return;
  }
}

TEST(Cost, AscendingOrder) {
  constexpr std::size_t kValues = 20'000;
  for (const std::size_t k : {1U, 2U, 3U, 5U, 100U, 1'000U}) {
    const double a_push = 2 * ceil_log2(k) + 6;
    const double bound =
        static_cast<double>(kValues) * a_push + 2 * static_cast<double>(k) * ceil_log2(k);
    std::vector<kit::lens::CountOn> counts;
    for (const Arrival arrival : kArrivals) {
      const LongRun run =
          run_of(arrival, kValues, k, kit::harness::seed(), static_cast<std::int64_t>(4 * bound));
      if (!expect_taken(run, arrival)) return;
      counts.push_back({name_of(arrival), {kValues, static_cast<double>(run.of_all.comparisons)}});
      if (run.stopped) break;
    }
    if (!kit::lens::expect_each_at_most(
            counts, {.c = a_push,
                     .f = {"n", [](double n) { return n; }},
                     .d = 2 * static_cast<double>(k) * ceil_log2(k),
                     .what = "comparisons",
                     .ratio = "a value",
                     .input = sizes(kValues, k) + ", in all orders of arrival; take() included",
                     .why = "  In ascending order every value gets in, so what it costs to let\n"
                            "  one in counts: 2 ceil(log2 k) + 6 comparisons a value, and\n"
                            "  2k ceil(log2 k) to hand them out in order. A walk through the\n"
                            "  kept ones takes k."}))
      return;
  }
}

TEST(Cost, RoomForTwiceK) {
  for (const std::size_t k : {std::size_t{1}, std::size_t{10}, std::size_t{1'000}}) {
    for (const Arrival arrival : kArrivals) {
      const LongRun run = run_of(arrival, 20'000, k, kit::harness::seed(), 40'000'000);
      if (!expect_taken(run, arrival)) return;
      const std::string input = sizes(run.n, k) + ", " + name_of(arrival);
      if (!kit::harness::expect_within(
              {.lens = "growth",
               .key = "elements alive, " + input,
               .measured = static_cast<double>(run.of_all.most_live),
               .limit = static_cast<double>(2 * k + 64),
               .unit = "elements"},
              input,
              "  " + number(run.of_all.most_live) + " elements alive at one time, " +
                  number(run.of_pushes.most_live) + " of them before take(); " +
                  number(static_cast<std::int64_t>(2 * k + 64)) +
                  " are allowed:\n  2k + 64.\n\n"
                  "  A billion values will come, and there is room for about 2k. What can't be\n"
                  "  among the k largest any more has to go before the next ones come."))
        return;
    }
  }
}

TEST(Cost, CopiesOnlyWhatItKeeps) {
  constexpr std::size_t kKept = 100;
  for (const Arrival arrival : {Arrival::descending, Arrival::equal}) {
    const LongRun run = run_of(arrival, 20'000, kKept, kit::harness::seed(), 40'000'000);
    if (!expect_taken(run, arrival)) return;
    const std::string input = sizes(run.n, kKept) + ", " + name_of(arrival);
    if (!kit::harness::expect_within(
            {.lens = "growth",
             .key = "copies, " + input,
             .measured = static_cast<double>(run.of_all.copies),
             .limit = 2 * kKept,
             .unit = "copies"},
            input,
            "  " + number(run.of_all.copies) + " copies; 2k = 200 are allowed.\n\n" +
                (arrival == Arrival::equal
                     ? "  A value that is only as large as the smallest kept one needs no place: "
                       "it\n"
                       "  would push out its like, and cost a copy and log k each time."
                     : "  The first k are the largest, all others are turned away: there is\n"
                       "  nothing of them to copy. Compare before you copy.")))
      return;
  }
}

TEST(Cost, AllocatesNothingWhenFull) {
  for (const std::size_t k : {0U, 1U, 7U, 100U}) {
    const LongRun run = pushes_after_the_first(k, 3'000);
    const std::string input = "k = " + number(static_cast<std::int64_t>(k)) +
                              ", ascending: 2k + 64 values, and then 3,000 more";
    if (!run.right) {
      fail(input, "  The values taken are not the k largest in order: the cost says nothing.");
      return;
    }
    if (!kit::harness::expect_within(
            {.lens = "growth",
             .key = "allocations when full, k=" + std::to_string(k),
             .measured = static_cast<double>(run.of_pushes.allocations),
             .limit = 0,
             .unit = "allocations"},
            input,
            "  " + number(run.of_pushes.allocations) +
                " allocations by the 3,000, expected none.\n\n"
                "  The place of the value that goes serves the one that comes. A node from\n"
                "  the heap for each costs more than all the comparisons."))
      return;
  }
}

TEST(Cost, ClaimsHold) {
  if (const LongRun run = run_of(Arrival::ascending, 1'000, 16, 1, 1'000'000);
      !run.right || run.stopped) {
    fail(sizes(1'000, 16) + ", ascending",
         "  The values taken are not the k largest in order: the cost says nothing.");
    return;
  }
  constexpr std::int64_t kPatience = 8'000'000;
  kit::lens::LadderLimits along_n, along_k;
  along_n.start = 512;
  along_n.largest = 1 << 16;
  along_k.start = 4;
  along_k.largest = 1 << 9;
  const kit::lens::LimitsInTwo limits{64, 1 << 13, along_n, along_k, {}};
  const auto counted = [](Arrival arrival, auto what) {
    return [arrival, what](std::uint64_t n, std::uint64_t k) {
      return static_cast<double>(what(run_of(arrival, n, k, kit::harness::seed(), kPatience)));
    };
  };
  const auto comparisons = [](const LongRun& run) { return run.of_pushes.comparisons; };
  const auto alive = [](const LongRun& run) { return run.of_all.most_live; };
  kit::lens::hold_claims(
      kit::harness::claims_file(KIT_EXERCISE),
      {{.section = "stream",
        .key = "worst time",
        .variables = {"n", "k"},
        .truth = "n log k",
        .also = {"n"},
        .counted = "comparisons of n pushes in ascending order",
        .column = "comparisons",
        .hint = "In ascending order every value gets in. What does letting one in cost, and\n"
                "  does that grow with k?",
        .meter =
            kit::lens::count_in_two("n", "k", counted(Arrival::ascending, comparisons), limits)},
       {.section = "stream",
        .key = "random time",
        .variables = {"n", "k"},
        .truth = "n",
        .counted = "comparisons of n pushes in random order, k = 16",
        .column = "comparisons",
        .hint = "How many of n values get in, if the i-th does with probability k/i? What do\n"
                "  all the others cost?",
        .meter = kit::lens::count_on_ladders(
            [](std::uint64_t n) {
              return static_cast<double>(
                  run_of(Arrival::random, n, 16, kit::harness::seed(), kPatience)
                      .of_pushes.comparisons);
            },
            along_n)},
       {.section = "stream",
        .key = "space",
        .variables = {"n", "k"},
        .truth = "k",
        .counted = "elements alive at one time",
        .column = "elements",
        .hint = "What is kept of the values that were turned away?",
        .meter = kit::lens::count_in_two("n", "k", counted(Arrival::ascending, alive), limits)}});
}

}  // namespace
