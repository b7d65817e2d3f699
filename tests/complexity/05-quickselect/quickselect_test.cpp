// Judges what the scenarios saw of select. See quickselect_scenarios.hpp.
#include "complexity/05-quickselect/quickselect_scenarios.hpp"

#include <gtest/gtest.h>

#include <algorithm>
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
using kit::lens::CountOn;
using kit::lens::Order;

std::string digits(std::size_t n) {
  return number(static_cast<std::int64_t>(n));
}

std::string order_of(const Selection& selection) {
  switch (selection.input) {
    case Selection::Input::enemy:
      return "an enemy";
    case Selection::Input::heap_killer:
      return "up, then down from the top";
    default:
      return kit::lens::name_of(selection.order);
  }
}

std::string input(const Selection& selection) {
  std::string text;
  if (!selection.keys.empty()) {
    text = "a =";
    for (const int key : selection.keys) text += " " + std::to_string(key);
  } else if (selection.input == Selection::Input::enemy) {
    text = digits(selection.n) + " elements, an enemy decides their order while it is asked";
  } else {
    text = digits(selection.n) + " keys, " + order_of(selection);
    if (selection.input == Selection::Input::order && selection.order == Order::random)
      text += ", " + kit::harness::seed_note();
  }
  text += "; k = " + digits(selection.k);
  if (selection.descending) text += ", less(x, y) is x > y";
  return text;
}

// Fails where a selection isn't right.
bool expect_right(const Selection& selection, const std::string& why) {
  if (selection.right()) return true;
  const bool enemy = selection.input == Selection::Input::enemy;
  const std::string element = enemy ? "the element of rank " : "";
  std::string expected = element + number(selection.expected) + " at a[k]",
              seen = element + number(selection.seen);
  if (selection.end == Selection::End::too_many_comparisons) {
    seen = "asked " + number(selection.comparisons) + " times and had not ended (it was stopped)";
  } else if (selection.seen == selection.expected && !selection.is_at_k) {
    expected = "a reference to a[k]";
    seen = "the right element at a[k], but a reference to another";
  } else if (selection.seen == selection.expected) {
    expected = "all elements that were there";
    seen = enemy ? "one is there no more, and another twice"
                 : "one with key " + number(*selection.lost) + " is there no more";
  }
  fail(input(selection), "  expected   " + expected + "\n  seen       " + seen + "\n\n" + why);
  return false;
}

// ---- Correct ----

TEST(Correct, FiveNumbers) {
  for (const std::size_t k : {2U, 0U, 3U, 4U}) {
    if (!expect_right(select_of({7, 2, 9, 4, 4}, k),
                      "  Sorted it is 2 4 4 7 9: a[k] of that order."))
      return;
  }
}

TEST(Correct, EveryRankOfSmallInputs) {
  expect_right(every_small_input(),
               "  Every order of up to 7 different keys, and all inputs of up to 8 keys from\n"
               "  {0, 1, 2}, with every k. Which rank do you look for in the part that is left?");
}

TEST(Correct, AgreesWithSorting) {
  expect_right(many_sizes_and_ranks(kit::harness::seed(), false),
               "  Sorting puts this key at a[k], and it keeps every element.");
}

TEST(Correct, FollowsTheGivenOrder) {
  expect_right(many_sizes_and_ranks(kit::harness::seed(), true),
               "  The order is the one that `less` gives, and nothing else: no < of your own.");
}

// ---- Robust ----

TEST(Robust, RankOutside) {
  for (const std::size_t n : {5U, 1U, 0U, 100U}) {
    for (const std::size_t k : {n, n + 1, n + 1'000, SIZE_MAX}) {
      doing(("n = " + digits(n) + ", k = " + std::to_string(k)).c_str());
      const Outside seen = rank_outside(n, k);
      if (seen.right()) continue;
      const char* what = "no exception";
      if (seen.end == Outside::End::another_exception) what = "another exception";
      if (seen.end == Outside::End::out_of_range)
        what = "std::out_of_range, but elements were moved";
      fail("n = " + digits(n) + ", k = " + (k == SIZE_MAX ? "SIZE_MAX" : digits(k)),
           std::string("  expected   std::out_of_range, and nothing changed\n  seen       ") +
               what +
               "\n\n"
               "  There is no such element. An empty span has none of any rank. Look at k\n"
               "  before anything else.");
      return;
    }
  }
  expect_right(select_of({3, 1, 2}, 2), "  The largest rank there is.");
}

TEST(Robust, MoveOnlyElements) {
  for (const std::size_t n : {1U, 2U, 7U, 40U, 3'000U}) {
    const Elements seen = elements_touched(n, n / 2, kit::harness::seed());
    const std::string what = digits(n) + " elements, k = " + digits(n / 2);
    if (!seen.right) {
      fail(what, "  The wrong element at a[k], so that what was done to them says little.");
      return;
    }
    if (seen.copies == 0 && seen.defaults == 0) continue;
    fail(what,
         "  expected   no copy and no default construction\n  seen       " + number(seen.copies) +
             " copies, " + number(seen.defaults) +
             " default constructions\n\n"
             "  A unique_ptr can't be copied, and a long string is dear to copy. Swap; or move\n"
             "  one out, and move it back. The pivot can stay where it is: a reference to it\n"
             "  is enough, as long as nothing else is swapped there.");
    return;
  }
}

std::string fault_of(const Interrupted& seen) {
  switch (seen.fault) {
    case Interrupted::Fault::none:
      return "";
    case Interrupted::Fault::swallowed:
      return "no exception came out";
    case Interrupted::Fault::not_destroyed:
      return number(seen.elements) + " elements were made and never destroyed";
    case Interrupted::Fault::destroyed_twice:
      return number(-seen.elements) + " elements were destroyed that nobody had made";
    case Interrupted::Fault::twice_there:
      return "the element " + number(seen.key) + " is there twice";
    case Interrupted::Fault::stranger:
      return "an element " + number(seen.key) + ", which was never there";
  }
  return "";
}

TEST(Robust, ThrowingComparisonLosesNothing) {
  for (const std::size_t n : {150U, 17U, 3U}) {
    const Interrupted seen = throws_at_each_comparison(n, n / 3, kit::harness::seed());
    if (seen.fault == Interrupted::Fault::none) continue;
    fail(digits(n) + " elements in a random order, " + kit::harness::seed_note() + "; comparison " +
             number(seen.call) + " throws",
         "  expected   the exception; each element at most once, and none made that stays\n"
         "  seen       " +
             fault_of(seen) +
             "\n\n"
             "  What you took out of the span must belong to an object that destroys it, or\n"
             "  must not leave the span: then an exception may come at any time.");
    return;
  }
  // With a comparison that never throws.
  expect_right(select_in_order(Order::random, 150, 50, kit::harness::seed()),
               "  The wrong element, so that what an exception leaves says little.");
}

// ---- Cost ----

kit::lens::Shape linear() {
  return {"n", [](double n) { return n; }};
}

kit::lens::Bound at_most(double times_n, const std::string& what_input, const std::string& why) {
  return {.c = times_n,
          .f = linear(),
          .d = 0,
          .what = "comparisons",
          .ratio = "/ n",
          .input = what_input,
          .why = why};
}

CountOn count_of(const Selection& selection) {
  const std::string rank = selection.k == selection.n / 2 ? ", n/2" : ", n/4";
  return {order_of(selection) + rank, {selection.n, static_cast<double>(selection.comparisons)}};
}

// Right, as far as it came: what was stopped is judged by its count.
bool expect_right_so_far(const Selection& selection) {
  if (selection.end == Selection::End::too_many_comparisons) return true;
  return expect_right(selection, "  The wrong result, so that its cost says nothing.");
}

TEST(Cost, LinearOnKillers) {
  std::vector<CountOn> counts;
  // False: one that was stopped, or isn't right, is enough.
  const auto count = [&](const Selection& selection) {
    counts.push_back(count_of(selection));
    return selection.end == Selection::End::returned && expect_right_so_far(selection);
  };
  const auto count_in = [&](Order order, std::size_t n, std::size_t k) {
    doing((digits(n) + " keys, " + kit::lens::name_of(order)).c_str());
    return count(select_in_order(order, n, k, kit::harness::seed()));
  };
  constexpr std::size_t n = std::size_t{1} << 17, large = std::size_t{1} << 20;
  bool go_on = count(select_against_heaps(n, n / 4));
  for (const Order order : kit::lens::kOrders) {
    go_on = go_on && count_in(order, n, n / 2) && count_in(order, n, n / 4);
  }
  for (const Order order : {Order::random, Order::median_of_three_killer}) {
    go_on = go_on && count_in(order, large, large / 2);
  }
  if (testing::Test::HasFailure()) return;
  kit::lens::expect_each_at_most(
      counts,
      at_most(16, "orders that hurt, k = n/2 and n/4",
              "  Go on in one part only, and choose the pivot so that it leaves a fixed share\n"
              "  on both sides, whatever the order. Stopped at 64 n."));
}

TEST(Cost, LinearAgainstAnAdversary) {
  std::vector<CountOn> counts;
  constexpr std::size_t n = std::size_t{1} << 17;
  for (const std::size_t k : {n / 2, n / 4}) {
    doing("131,072 elements against an enemy");
    const Selection selection = select_against_an_enemy(n, k);
    if (!expect_right_so_far(selection)) return;
    counts.push_back(count_of(selection));
    if (selection.end == Selection::End::too_many_comparisons) break;
  }
  kit::lens::expect_each_at_most(
      counts, at_most(24, "an enemy that decides while it is asked, k = n/2 and n/4",
                      "  It answers so that what you seem to hold as a pivot is nearly the "
                      "smallest\n  that is left, also if you chose it at random. All its answers "
                      "are those of one\n  order, which exists as an input. Stopped at 64 n."));
}

TEST(Cost, AllEqual) {
  constexpr std::size_t n = std::size_t{1} << 18;
  std::vector<CountOn> counts;
  for (const std::size_t k : {n / 2, n / 4}) {
    const Selection selection = select_in_order(Order::equal, n, k, 0);
    if (!expect_right_so_far(selection)) return;
    counts.push_back(count_of(selection));
    if (selection.end == Selection::End::too_many_comparisons) break;
  }
  kit::lens::Bound bound = at_most(8, "equal keys, k = n/2 and n/4",
                                   "  What equals the pivot goes to both sides alike, or into a "
                                   "part of its own.\n  Stopped at 64 n.");
  kit::lens::expect_each_at_most(counts, bound);
}

// The selections that ask most of memory.
std::vector<Selection> selections_with_memory() {
  constexpr std::size_t n = std::size_t{1} << 15;
  memory_in_order(Order::random, 64, 32, 1);  // the first calls of anything go deeper
  std::vector<Selection> out;
  for (const Order order : {Order::random, Order::descending, Order::equal, Order::organ_pipe,
                            Order::median_of_three_killer})
    out.push_back(memory_in_order(order, n, n / 2, kit::harness::seed()));
  out.push_back(memory_against_an_enemy(n, n / 2));
  return out;
}

TEST(Cost, NoAllocation) {
  const std::vector<Selection> all = selections_with_memory();
  for (const Selection& each : all) {
    if (!expect_right_so_far(each)) return;
  }
  const Selection& worst = *std::max_element(
      all.begin(), all.end(),
      [](const Selection& x, const Selection& y) { return x.allocations < y.allocations; });
  kit::harness::expect_within(
      {.lens = "growth",
       .key = "allocations n=2^15",
       .measured = static_cast<double>(worst.allocations),
       .limit = 0,
       .unit = "allocations"},
      input(worst),
      "  expected   nothing asked of the heap\n  seen       " + number(worst.allocations) +
          " allocations, " + number(worst.heap_bytes) +
          " bytes at one time\n\n"
          "  In place: where is there room in the span itself for elements that you want\n"
          "  to look at together?");
}

TEST(Cost, ShallowStack) {
  const std::vector<Selection> all = selections_with_memory();
  for (const Selection& each : all) {
    if (!expect_right_so_far(each)) return;
  }
  const Selection& worst = *std::max_element(
      all.begin(), all.end(),
      [](const Selection& x, const Selection& y) { return x.stack_bytes < y.stack_bytes; });
  kit::harness::expect_within(
      {.lens = "growth",
       .key = "stack bytes n=2^15",
       .measured = static_cast<double>(worst.stack_bytes),
       .limit = 64 * 1024,
       .unit = "bytes"},
      input(worst),
      "  " + number(worst.stack_bytes) +
          " bytes of stack below the caller; 65,536 are allowed.\n\n"
          "  A call for each element, or for each part that shrinks by a few, takes as\n"
          "  much stack as the heap would: a thread's 8 MiB end at some 100,000 elements.\n"
          "  Go on in the one part by a loop; what you still call must be a fixed share.");
}

TEST(Cost, ClaimsHold) {
  if (!expect_right(select_in_order(Order::random, 1'000, 333, 1),
                    "  The wrong result, so that its cost says nothing."))
    return;
  // The shares of a recursion on two parts change slowly with n, so that no fit decides here: these
  // few counts are shown, and the proof judges.
  kit::lens::LadderLimits few;
  few.start = 64;
  few.ratio = 4;
  few.largest = std::uint64_t{1} << 18;
  few.budget = 1 << 23;
  const auto dearest = [](std::uint64_t n) {
    return static_cast<double>(
        std::max(select_against_an_enemy(n, n / 2).comparisons,
                 select_in_order(Order::random, n, n / 2, kit::harness::seed()).comparisons));
  };
  kit::lens::hold_claims(
      kit::harness::claims_file(KIT_EXERCISE),
      {{.section = "select",
        .key = "worst time",
        .truth = "n",
        .counted = "comparisons against an enemy, or in a random order if it is dearer",
        .column = "comparisons",
        .hint = "Two parts are left to work on. What share of n are they together?",
        .meter = kit::lens::count_on_ladders(dearest, few)},
       {.section = "select",
        .key = "space",
        .truth = "log n",
        .also = {"1"},
        .counted = "calls that are open at one time, the worst case",
        .hint = "Each open call works on a fixed share of what its caller works on. How many\n"
                "can be open, then? (A loop alone would be 1, and is accepted.)"},
       {.section = "random_pivots",
        .key = "expected time",
        .truth = "n",
        .counted = "comparisons in the mean over the pivots, whatever the order",
        .hint = "One pivot in two leaves at most 3/4. What is the sum of all sizes, in the mean?"},
       {.section = "random_pivots",
        .key = "worst time",
        .truth = "n^2",
        .counted = "comparisons if the pivots are as unlucky as can be",
        .hint = "Nothing forbids that the smallest that is left is chosen each time."}});
}

}  // namespace
