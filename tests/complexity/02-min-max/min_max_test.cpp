// Judges what the scenarios saw of min_max. See min_max_scenarios.hpp.
#include "complexity/02-min-max/min_max_scenarios.hpp"

#include <gtest/gtest.h>

#include <cmath>
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

std::string digits(std::size_t n) {
  return number(static_cast<std::int64_t>(n));
}

std::string input(const Call& call) {
  if (call.n == 0) return "an empty span";
  if (call.n > call.values.size()) return digits(call.n) + " values";
  std::string text = call.n == 1 ? "1 value:" : digits(call.n) + " values:";
  for (const int value : call.values) text += " " + std::to_string(value);
  return text;
}

std::string expected(const Call& call) {
  if (call.n == 0) return "nullopt";
  return "the place of a " + std::to_string(call.smallest) + " and of a " +
         std::to_string(call.largest);
}

std::string place(const Call& call, std::size_t index, int value) {
  const std::string text = digits(index);
  return index < call.n ? text + " (there is a " + std::to_string(value) + ")"
                        : text + " (outside)";
}

std::string seen(const Call& call) {
  if (call.too_many)
    return number(call.comparisons()) + " comparisons, and it had not ended (stopped there)";
  if (!call.answered) return "nullopt";
  return "min = " + place(call, call.min, call.value_of_min) +
         ", max = " + place(call, call.max, call.value_of_max);
}

bool expect_right(const Call& call, const std::string& why, const std::string& note = "") {
  if (call.right()) return true;
  fail(input(call) + note,
       "  expected   " + expected(call) + "\n  seen       " + seen(call) + "\n\n" + why);
  return false;
}

// ---- Correct ----

TEST(Correct, FiveValues) {
  expect_right(smallest_and_largest_of({3, 1, 4, 1, 5}), "  Either of the two 1s will do.");
  expect_right(smallest_and_largest_of({7}), "  One value is the smallest and the largest.");
}

TEST(Correct, FindsBothEverywhere) {
  const std::string why =
      "  Does every element take part, the first and the last one too, for odd n as for\n"
      "  even n? Behind the last one there are values that don't belong to the span.";
  if (!expect_right(every_permutation(7), why)) return;
  if (!expect_right(every_position({8, 9, 10, 11, 12}, true), why)) return;
  expect_right(every_position({63, 64, 65, 255, 1'001}, false), why);
}

TEST(Correct, EqualElements) {
  expect_right(every_array_of_three_values(7),
               "  Of equal elements any will do; but there is always one.");
}

TEST(Correct, EmptyGivesNothing) {
  if (!expect_right(nothing(), "  Where there is no element there is no index either.")) return;
  expect_right(smallest_and_largest_of({7}), "  One value is the smallest and the largest.");
}

// ---- Robust ----

const std::size_t kSomeSizes[] = {1, 2, 3, 8, 100, 101};

TEST(Robust, TouchesNoCopy) {
  for (const std::size_t n : kSomeSizes) {
    const Call call = many_values(kit::harness::seed(), n);
    if (!expect_right(call, "  The wrong index.", ", " + kit::harness::seed_note())) return;
    if (call.copies == 0 && call.moves == 0) continue;
    fail(input(call),
         "  expected   no element copied or moved\n  seen       " + number(call.copies) +
             " copied, " + number(call.moves) +
             " moved\n\n"
             "  An element may be large, or may exist only once. Keep indices, or pointers.");
    return;
  }
}

TEST(Robust, AsksOnlyLess) {
  for (const std::size_t n : kSomeSizes) {
    const Call call = many_values(kit::harness::seed(), n);
    if (!expect_right(call, "  The wrong index.", ", " + kit::harness::seed_note())) return;
    if (call.others == 0) continue;
    fail(input(call),
         "  expected   only <\n  seen       " + number(call.others) + " of " +
             number(call.comparisons()) +
             " comparisons by another operator\n\n"
             "  x > y is y < x. A type that has no more than < would not compile here.");
    return;
  }
}

TEST(Robust, WorksWithoutMemory) {
#if defined(__SANITIZE_ADDRESS__)
  constexpr std::int64_t kMostStack = 128 << 10;  // its frames are larger
#else
  constexpr std::int64_t kMostStack = 16 << 10;
#endif
  constexpr std::size_t kN = 1'000'000;
  room_of(1'000, kit::harness::seed());  // the first calls of anything go deeper
  const Room room = room_of(kN, kit::harness::seed());
  const std::string note = ", " + kit::harness::seed_note();
  if (!expect_right(room.call, "  The wrong index, so that its memory says nothing.", note)) return;
  kit::harness::expect_within(
      {.lens = "growth",
       .key = "allocations n=10^6",
       .measured = static_cast<double>(room.allocations),
       .limit = 0,
       .unit = "allocations"},
      input(room.call) + note,
      "  expected   nothing asked of the heap\n  seen       " + number(room.allocations) +
          " allocations, " + number(room.heap_bytes) +
          " bytes at one time\n\n"
          "  Of those that have been compared only two are still of interest.");
  kit::harness::expect_within(
      {.lens = "growth",
       .key = "stack bytes n=10^6",
       .measured = static_cast<double>(room.stack_bytes),
       .limit = static_cast<double>(kMostStack),
       .unit = "bytes"},
      input(room.call) + note,
      "  " + number(room.stack_bytes) + " bytes of stack; at most " + number(kMostStack) +
          " are allowed.\n\n"
          "  A recursion on halves is 20 calls deep here. One that takes off an element\n"
          "  or a pair at a time is as deep as there are elements, and overflows the\n"
          "  stack of a thread soon.");
}

// ---- Cost ----

const char* name_of(Inputs order) {
  switch (order) {
    case Inputs::ascending:
      return "ascending";
    case Inputs::descending:
      return "descending";
    case Inputs::equal:
      return "equal";
    case Inputs::random:
      break;
  }
  return "random";
}

kit::lens::Shape pairs() {
  return {"ceil(3n/2)", [](double n) { return std::ceil(1.5 * n); }};
}

bool expect_three_halves(Inputs order) {
  std::vector<std::size_t> sizes;
  for (std::size_t n = 1; n <= 200; ++n) sizes.push_back(n);
  for (const std::size_t n : {1'000U, 1'001U, 1'024U, 1'536U}) sizes.push_back(n);
  const std::string what = std::string(name_of(order)) + " values" +
                           (order == Inputs::random ? ", " + kit::harness::seed_note() : "");
  std::vector<Sample> samples;
  for (const std::size_t n : sizes) {
    const Call call = of_order(order, n, kit::harness::seed());
    if (!expect_right(call, "  The wrong index, so that its cost says nothing.")) return false;
    samples.push_back({n, static_cast<double>(call.comparisons())});
  }
  return kit::lens::expect_at_most(
      samples,
      {.c = 1,
       .f = pairs(),
       .d = -2,
       .what = "comparisons",
       .ratio = "/ ceil(3n/2)",
       .input = "comparisons for the smallest and the largest of n " + what,
       .why = "  A comparison of two fresh elements says of both what they are not. There can\n"
              "  be n/2 of those: does every element have its first one with another fresh\n"
              "  one, at this n too?"});
}

TEST(Cost, ThreeHalvesOfN) {
  for (const Inputs order :
       {Inputs::ascending, Inputs::descending, Inputs::equal, Inputs::random}) {
    if (!expect_three_halves(order)) return;
  }
}

kit::lens::Ladders comparisons_of(Inputs order) {
  kit::lens::LadderLimits limits;
  limits.largest = 1 << 16;
  return kit::lens::count_on_ladders(
      [order](std::uint64_t n) {
        return static_cast<double>(of_order(order, n, kit::harness::seed()).comparisons());
      },
      limits);
}

TEST(Cost, ClaimsHold) {
  if (!expect_right(many_values(kit::harness::seed(), 1'000),
                    "  The wrong index, so that its cost says nothing.",
                    ", " + kit::harness::seed_note()))
    return;
  kit::lens::hold_claims(kit::harness::claims_file(KIT_EXERCISE),
                         {{.section = "min_max",
                           .key = "best time",
                           .truth = "n",
                           .counted = "comparisons on n values in ascending order",
                           .column = "comparisons",
                           .hint = "What do you know of an element that was never compared?",
                           .meter = comparisons_of(Inputs::ascending)},
                          {.section = "min_max",
                           .key = "worst time",
                           .truth = "n",
                           .counted = "comparisons on n random values",
                           .column = "comparisons",
                           .hint = "How many comparisons does an element take part in?",
                           .meter = comparisons_of(Inputs::random)}});
}

}  // namespace
