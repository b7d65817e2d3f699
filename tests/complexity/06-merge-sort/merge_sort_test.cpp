// Judges what the scenarios saw of stable_sort. See merge_sort_scenarios.hpp.
#include "complexity/06-merge-sort/merge_sort_scenarios.hpp"

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

std::string digits(std::size_t n) {
  return number(static_cast<std::int64_t>(n));
}

std::string list(const std::vector<int>& keys) {
  std::string text;
  for (const int key : keys) text += (text.empty() ? "" : " ") + std::to_string(key);
  return text;
}

std::string input(const Sorting& sorting) {
  std::string text = digits(sorting.n) + " elements, " + name_of(sorting.keys);
  if (!sorting.small.empty()) text = "a = " + list(sorting.small);
  if (sorting.n == 0) text = "a is empty";
  if (sorting.descending) text += ", less(x, y) is x > y";
  const bool random = sorting.keys == Keys::random || sorting.keys == Keys::few_values;
  if (random && sorting.small.empty()) text += ", " + kit::harness::seed_note();
  return text;
}

std::string seen(const Sorting& sorting) {
  if (sorting.end == Sorting::End::bad_alloc) return "std::bad_alloc";
  if (sorting.end == Sorting::End::too_many_comparisons)
    return "asked " + number(sorting.comparisons) + " times and had not ended (it was stopped)";
  if (sorting.end == Sorting::End::too_many_moves)
    return "moved elements " + number(sorting.moves) + " times and had not ended (it was stopped)";
  const std::string at = "a[" + digits(sorting.at) + "]";
  std::string text = sorting.small.empty() || sorting.fault == Sorting::Fault::lost
                         ? ""
                         : list(sorting.result) + ":\n             ";
  switch (sorting.fault) {
    case Sorting::Fault::none:
      return "the keys in order";
    case Sorting::Fault::order:
      return text + "key " + number(sorting.before) + " stands in front of " + at + " = " +
             number(sorting.key);
    case Sorting::Fault::stability:
      return text + "two equal keys " + number(sorting.key) + " at " + at +
             " and before it have changed their order:\n             they stood at places " +
             number(sorting.tag) + " and " + number(sorting.tag_before) + ", in this order";
    case Sorting::Fault::lost:
      break;
  }
  text = "the element with key " + number(sorting.key) + " is there no more";
  if (sorting.self_moves > 0)
    text += " (" + number(sorting.self_moves) +
            " times an element\n             was moved onto itself)";
  return text;
}

// Fails where it isn't sorted, or not stably.
bool expect_right(const Sorting& sorting, const std::string& why) {
  if (sorting.right()) return true;
  fail(input(sorting),
       "  expected   sorted, equal keys in their order, nothing lost\n  seen       " +
           seen(sorting) + "\n\n" + why);
  return false;
}

// ---- Correct ----

TEST(Correct, FiveKeys) {
  expect_right(sort_of({5, 2, 8, 2, 1}), "  1 2 2 5 8, the first of both 2s in front.");
}

TEST(Correct, SortsEveryPermutation) {
  expect_right(every_permutation(7), "  Every order of up to 7 different keys.");
}

TEST(Correct, SortsEverySize) {
  expect_right(every_size(200, kit::harness::seed()),
               "  Every size up to 200. Halves, runs and the last piece are not of equal length.");
}

TEST(Correct, KeepsEqualElementsInOrder) {
  expect_right(equal_keys(kit::harness::seed()),
               "  Sorted by name before, and now by date: within a day the names stay sorted.\n"
               "  Of two equal elements the left one goes first, in every merge. Only a strictly\n"
               "  descending run may be turned round.");
}

TEST(Correct, FollowsTheGivenOrder) {
  expect_right(descending_order(kit::harness::seed()),
               "  The order is the one that `less` gives, and nothing else: no < of your own.");
}

// ---- Robust ----

// What went wrong with a sort that was interrupted; empty: nothing.
std::string harm(const Sorting& sorting) {
  if (sorting.fault == Sorting::Fault::lost) return seen(sorting);
  if (sorting.left_elements > 0)
    return number(sorting.left_elements) + " elements beside the " + digits(sorting.n) +
           " were never destroyed";
  if (sorting.left_elements < 0)
    return number(-sorting.left_elements) + " elements were destroyed that nobody had made";
  if (sorting.left_blocks != 0)
    return number(sorting.left_blocks) + " blocks of memory were not given back";
  return "";
}

TEST(Robust, ThrowingComparisonLosesNothing) {
  for (const Keys keys : {Keys::random, Keys::descending, Keys::worst_merges}) {
    const Sorting sorting = throws_at_each_comparison(keys, 100, kit::harness::seed());
    const std::string wrong = harm(sorting);
    if (wrong.empty() && sorting.failed_call == 0) {
      if (!expect_right(sorting, "  Without an exception, after all these with one.")) return;
      continue;
    }
    fail(input(sorting) + "; comparison " + number(sorting.failed_call) + " throws",
         "  expected   the exception, and all elements in the span\n  seen       " +
             (wrong.empty() ? std::string("no exception came out") : wrong) +
             "\n\n"
             "  The records are all the user has. What has left the span, for a merge or in a\n"
             "  variable, has to come back when a comparison throws: there is a gap for it.");
    return;
  }
}

TEST(Robust, NoMemory) {
  for (const Keys keys : {Keys::random, Keys::descending}) {
    const Sorting sorting = fails_at_each_allocation(keys, 1'000, kit::harness::seed());
    std::string wrong = harm(sorting);
    if (wrong.empty() && sorting.failed_call == 0) {
      if (!expect_right(sorting, "  With all the memory it asked for.")) return;
      continue;
    }
    if (wrong.empty()) wrong = "std::bad_alloc, and elements were moved before";
    fail(input(sorting) + "; allocation " + number(sorting.failed_call) + " fails",
         "  expected   std::bad_alloc, and nothing has changed\n  seen       " + wrong +
             "\n\n"
             "  Whoever catches it goes on with the data as they were. Ask for all the memory\n"
             "  once, before the first element moves.");
    return;
  }
}

// ---- Cost ----

kit::lens::Shape n_log_n() {
  return {"n ceil(log2 n)",
          [](double n) { return static_cast<double>(levels(static_cast<std::size_t>(n))); }};
}

bool expect_sorted(const Sorting& sorting) {
  if (sorting.end == Sorting::End::too_many_comparisons) return true;  // its count speaks
  return expect_right(sorting, "  The wrong order, so that its cost says nothing.");
}

TEST(Cost, ComparisonsNearTheMinimum) {
  for (const std::size_t n : {1'000U, 1'024U, 1'025U, 4'097U, 65'536U}) {
    std::vector<CountOn> counts;
    for (const Keys keys : {Keys::random, Keys::descending, Keys::saw, Keys::few_values,
                            Keys::worst_merges, Keys::zigzag}) {
      doing((digits(n) + " elements, " + name_of(keys)).c_str());
      const Sorting sorting = sort_keys(keys, n, kit::harness::seed());
      if (!expect_sorted(sorting)) return;
      counts.push_back({name_of(keys), {n, static_cast<double>(sorting.comparisons)}});
    }
    const bool held = kit::lens::expect_each_at_most(
        counts,
        {.c = 1,
         .f = n_log_n(),
         .d = static_cast<double>(n),
         .what = "comparisons",
         .ratio = "/ n ceil(lg n)",
         .input = digits(n) + " elements",
         .why =
             "  Two sorted parts of p and q elements are merged with p + q - 1 comparisons,\n"
             "  and one more to see that they are in order. Halves make ceil(log2 n) levels.\n"
             "  Ask once for each element that is placed: !less(y, x) is all there is to know."});
    if (!held) return;
  }
}

TEST(Cost, SortedInputIsLinear) {
  for (const Keys keys : {Keys::ascending, Keys::equal}) {
    std::vector<kit::lens::Sample> samples;
    for (const std::size_t n : {1U, 2U, 3U, 7U, 33U, 1'000U, 1'025U, 65'536U}) {
      const Sorting sorting = sort_keys(keys, n, 0);
      if (!expect_sorted(sorting)) return;
      samples.push_back({n, static_cast<double>(sorting.comparisons)});
    }
    const bool held = kit::lens::expect_at_most(
        samples,
        {.c = 1,
         .f = {"n", [](double n) { return n; }},
         .d = -1,
         .what = "comparisons",
         .ratio = "/ n",
         .input = std::string("n elements, ") + name_of(keys),
         .why = "  n - 1 comparisons of neighbours tell that it is in order. One before each\n"
                "  merge does it: is the last of the left part above the first of the right one?"});
    if (!held) return;
  }
}

TEST(Cost, HalfTheMemory) {
  for (const std::size_t n : {1'000U, 4'097U, 65'536U}) {
    for (const Keys keys : {Keys::random, Keys::worst_merges}) {
      const Sorting sorting = sort_keys(keys, n, kit::harness::seed());
      if (!expect_right(sorting, "  The wrong order, so that its memory says nothing.")) return;
      const std::int64_t room = static_cast<std::int64_t>(n / 2) + 32;
      const std::string why =
          "\n\n  A merge needs room for the shorter part alone: the rest is merged where it\n"
          "  is. One block for all merges, of half the elements, is enough.";
      if (!kit::harness::expect_within({.lens = "growth",
                                        .key = "elements beside, n=" + std::to_string(n),
                                        .measured = static_cast<double>(sorting.most_elements),
                                        .limit = static_cast<double>(room),
                                        .unit = "elements"},
                                       input(sorting),
                                       "  " + number(sorting.most_elements) +
                                           " elements beside the span at one time; n/2 + " +
                                           "32 = " + number(room) + " are allowed." + why))
        return;
      const std::int64_t bytes = room * static_cast<std::int64_t>(kElementSize) + 4096;
      if (!kit::harness::expect_within(
              {.lens = "growth",
               .key = "heap bytes, n=" + std::to_string(n),
               .measured = static_cast<double>(sorting.heap_bytes),
               .limit = static_cast<double>(bytes),
               .unit = "bytes"},
              input(sorting),
              "  " + number(sorting.heap_bytes) + " bytes of heap at one time, for elements of " +
                  digits(kElementSize) +
                  " bytes;\n  room for n/2 + 32 of them and 4,096 bytes more are " + number(bytes) +
                  "." + why))
        return;
    }
  }
}

TEST(Cost, MovesNotCopies) {
  for (const Keys keys : {Keys::random, Keys::descending, Keys::worst_merges, Keys::zigzag}) {
    const std::size_t n = 4'097;
    const Sorting sorting = sort_keys(keys, n, kit::harness::seed());
    if (!expect_right(sorting, "  The wrong order, so that what was moved says nothing.")) return;
    if (!kit::harness::expect_within(
            {.lens = "growth",
             .key = std::string("copies and defaults, ") + name_of(keys),
             .measured = static_cast<double>(sorting.copies + sorting.defaults),
             .limit = 0,
             .unit = "elements"},
            input(sorting),
            "  expected   no copy and no default construction\n  seen       " +
                number(sorting.copies) + " copies, " + number(sorting.defaults) +
                " default constructions\n\n"
                "  A copy of a record may be dear, or not exist at all; and so may an empty one.\n"
                "  Room is not yet elements: move-construct them there, and destroy them again."))
      return;
    const std::int64_t limit = 2 * levels(n) + 2 * static_cast<std::int64_t>(n);
    if (!kit::harness::expect_within(
            {.lens = "growth",
             .key = std::string("moves, ") + name_of(keys),
             .measured = static_cast<double>(sorting.moves),
             .limit = static_cast<double>(limit),
             .unit = "moves"},
            input(sorting),
            "  " + number(sorting.moves) + " moves; 2 n ceil(log2 n) + 2n = " + number(limit) +
                " are allowed.\n\n"
                "  A merge of m elements moves half of them out, and all of them back."))
      return;
  }
}

TEST(Cost, ClaimsHold) {
  if (!expect_right(sort_keys(Keys::random, 1'000, 1),
                    "  The wrong order, so that its cost says nothing."))
    return;
  kit::lens::LadderLimits limits;
  limits.start = 64;
  limits.largest = 1 << 14;
  limits.budget = 1 << 19;
  const auto on = [&](Keys keys, std::int64_t Sorting::*what) {
    return kit::lens::count_on_ladders(
        [=](std::uint64_t n) { return static_cast<double>(sort_keys(keys, n, 1).*what); }, limits);
  };
  kit::lens::hold_claims(
      kit::harness::claims_file(KIT_EXERCISE),
      {{.section = "sort",
        .key = "worst time",
        .truth = "n log n",
        .counted = "comparisons, the sorted keys dealt to both halves in turn",
        .column = "comparisons",
        .hint = "How many levels of merges are there, and how many elements on each?",
        .meter = on(Keys::worst_merges, &Sorting::comparisons)},
       {.section = "sort",
        .key = "best time",
        .truth = "n",
        .counted = "comparisons, keys in order already",
        .column = "comparisons",
        .hint = "How many merges are there, and what does each ask when nothing has to move?",
        .meter = on(Keys::ascending, &Sorting::comparisons)},
       {.section = "sort",
        .key = "space",
        .truth = "n",
        .counted = "bytes of heap at one time, keys in a random order",
        .column = "bytes",
        .hint = "What leaves its place in the largest of all merges?",
        .meter = on(Keys::random, &Sorting::heap_bytes)}});
}

}  // namespace
