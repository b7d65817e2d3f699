// Judges what the scenarios saw of window_max. See window_max_scenarios.hpp.
#include "complexity/07-sliding-window-max/window_max_scenarios.hpp"

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
  return n == SIZE_MAX ? "SIZE_MAX" : number(static_cast<std::int64_t>(n));
}

std::string input(const Windows& run) {
  std::string text = digits(run.n) + " values, " + name_of(run.values);
  if (run.values == Values::random || run.values == Values::three_values)
    text += ", " + kit::harness::seed_note();
  if (!run.small.empty()) {
    text = "a =";
    for (const int value : run.small) text += " " + std::to_string(value);
  }
  if (run.n == 0) text = "a is empty";
  return text + "; w = " + digits(run.w);
}

std::string window_of(const Windows& run) {
  return "a[" + digits(run.window) + "] .. a[" + digits(run.window + run.w - 1) + "]";
}

std::string expected(const Windows& run) {
  if (run.fault == Windows::Fault::none) return "an index for each window";
  return "out[" + digits(run.window) + "] = " + digits(run.largest) + ": the largest of " +
         window_of(run) + " is " + number(run.value_largest);
}

std::string seen(const Windows& run) {
  switch (run.end) {
    case Windows::End::returned:
      break;
    case Windows::End::too_many_comparisons:
      return "asked " + number(run.comparisons) + " times and had not ended (it was stopped)";
    case Windows::End::invalid_argument:
      return "std::invalid_argument";
    case Windows::End::another_exception:
      return "another exception";
  }
  const std::string at = "out[" + digits(run.window) + "]";
  if (run.fault == Windows::Fault::never_written) return at + " was never written";
  const std::string index = at + " = " + number(static_cast<std::int64_t>(run.seen));
  if (run.fault == Windows::Fault::outside) return index + ", which is outside " + window_of(run);
  return index + ", where " + number(run.value_seen) + " is";
}

// Fails where a window has not got its largest.
bool expect_right(const Windows& run, const std::string& why) {
  if (run.right()) return true;
  fail(input(run), "  expected   " + expected(run) + "\n  seen       " + seen(run) + "\n\n" + why);
  return false;
}

// ---- Correct ----

TEST(Correct, SixValues) {
  const std::string why = "  One answer for each window of three neighbours, by its index.";
  expect_right(windows_of({3, 1, 4, 1, 5, 2}, 3), why) &&
      expect_right(windows_of({3, 1, 4, 1, 5, 2}, 1), "  A window of one is its own largest.") &&
      expect_right(windows_of({3, 1, 4, 1, 5, 2}, 6), "  One window: all of them.");
}

TEST(Correct, AgreesWithRescanning) {
  expect_right(every_small_input(60, kit::harness::seed()),
               "  Every n up to 60 with every w. Looking through each window gives this one.");
}

TEST(Correct, IndexIsInsideItsWindow) {
  expect_right(every_order(200),
               "  When the window moves on by one, its first value leaves it at once, also if it\n"
               "  was the largest.");
}

TEST(Correct, EqualKeys) {
  expect_right(equal_keys(24),
               "  Of two equal values one may leave the window while the other is still inside:\n"
               "  keep places, and tell by its place which value leaves.");
}

// ---- Robust ----

bool expect_nothing_done(const Windows& run) {
  const bool good = run.end == Windows::End::returned && run.comparisons == 0;
  if (good) return true;
  fail(input(run) + "; out has no room, and needs none",
       "  expected   it returns and asks nothing\n  seen       " +
           (run.end == Windows::End::returned ? number(run.comparisons) + " comparisons"
                                              : seen(run)) +
           "\n\n"
           "  No window of this length fits: nothing to do. n - w + 1 is no small number when\n"
           "  w is larger than n, since it has no sign; and nothing can be divided by a w of 0.");
  return false;
}

TEST(Robust, WindowLargerThanInput) {
  for (const std::size_t n : {5U, 0U, 1U}) {
    for (const std::size_t w : {n + 1, std::size_t{0}, n + 2, 2 * n + 1, SIZE_MAX, SIZE_MAX - 1}) {
      doing(("n = " + digits(n) + ", w = " + digits(w)).c_str());
      if (!expect_nothing_done(with_room(n, w, 0))) return;
    }
  }
  // As large as the input: one window.
  expect_right(windows_in(Values::descending, 5, 5, 0), "  w = n: there is one window.");
}

TEST(Robust, WrongOutputSize) {
  struct Case {
    std::size_t n, w, room;
  };
  for (const Case& each :
       {Case{10, 3, 7}, Case{10, 3, 9}, Case{10, 3, 10}, Case{10, 3, 0}, Case{10, 10, 2},
        Case{5, 6, 1}, Case{5, 0, 6}, Case{0, 0, 1}, Case{0, 1, 1}, Case{5, SIZE_MAX, 7}}) {
    const Windows run = with_room(each.n, each.w, each.room);
    if (run.end == Windows::End::invalid_argument && !run.touched) continue;
    std::string saw = seen(run);
    if (run.end == Windows::End::returned) saw = "no exception";
    if (run.touched) saw += ", and out was written";
    fail(input(run) + "; out has room for " + digits(each.room),
         "  expected   std::invalid_argument, out untouched\n  seen       " + saw +
             "\n\n"
             "  Whoever passes another size counts the windows in another way than you: say so\n"
             "  before anything is written. Where there is no window, out must be empty.");
    return;
  }
  expect_right(windows_in(Values::descending, 10, 3, 0), "  And with the right size it works.");
}

TEST(Robust, NothingIsCopied) {
  for (const std::size_t w : {1U, 2U, 7U, 100U}) {
    const Windows run = windows_in(Values::blocks, 300, w, 0);
    if (!expect_right(run, "  The wrong index, so that what was copied says little.")) return;
    if (run.copies == 0 && run.moves == 0) continue;
    fail(input(run), "  expected   no copy and no move of a value\n  seen       " +
                         number(run.copies) + " copies, " + number(run.moves) +
                         " moves\n\n"
                         "  A value may be large, or impossible to copy. An index says all.");
    return;
  }
}

TEST(Robust, AsksOnlyLess) {
  for (const std::size_t w : {2U, 7U, 100U}) {
    for (const Values values : {Values::blocks, Values::equal}) {
      const Windows run = windows_in(values, 300, w, 0);
      if (!expect_right(run, "  The wrong index, so that what it asked says little.")) return;
      if (run.comparisons == run.less) continue;
      fail(input(run),
           "  expected   only x < y\n  seen       " + number(run.less) + " times <, " +
               number(run.comparisons - run.less) +
               " times another operator\n\n"
               "  The contract asks for no other operator (>, <=, ==): a type that has\n"
               "  only < does not compile with them. x > y is y < x; x <= y is !(y < x).");
      return;
    }
  }
}

// ---- Cost ----

TEST(Cost, ThreeComparisonsAnElement) {
  constexpr std::size_t n = 100'000;
  for (const std::size_t w :
       {std::size_t{100}, std::size_t{1'000}, std::size_t{1}, std::size_t{2}, n}) {
    std::vector<CountOn> counts;
    for (const Values values : {Values::random, Values::ascending, Values::descending,
                                Values::equal, Values::saw, Values::blocks}) {
      doing((digits(n) + " values, " + name_of(values) + "; w = " + digits(w)).c_str());
      const Windows run = windows_in(values, n, w, kit::harness::seed());
      if (run.end != Windows::End::too_many_comparisons &&
          !expect_right(run, "  The wrong index, so that its cost says nothing."))
        return;
      counts.push_back({name_of(values), {n, static_cast<double>(run.comparisons)}});
    }
    if (!kit::lens::expect_each_at_most(
            counts,
            {.c = 3,
             .f = {"n", [](double x) { return x; }},
             .d = 0,
             .what = "comparisons",
             .ratio = "/ n",
             .input = digits(n) + " values, w = " + digits(w),
             .why =
                 "  Whatever w is: what one comparison has told must not be asked again for the\n"
                 "  next window. An older and smaller value can never be an answer again.\n"
                 "  Stopped at 16 n."}))
      return;
  }
}

TEST(Cost, MemoryFollowsTheWindow) {
  constexpr std::size_t n = std::size_t{1} << 17;
  for (const std::size_t w : {std::size_t{100}, std::size_t{1'000}}) {
    for (const Values values :
         {Values::descending, Values::random, Values::ascending, Values::blocks}) {
      const Windows run = windows_in(values, n, w, kit::harness::seed());
      if (!expect_right(run, "  The wrong index, so that its memory says nothing.")) return;
      const std::int64_t limit = 64 * static_cast<std::int64_t>(w) + 4096;
      if (!kit::harness::expect_within(
              {.lens = "growth",
               .key = "heap bytes w=" + std::to_string(w) + ", " + name_of(values),
               .measured = static_cast<double>(run.heap_bytes),
               .limit = static_cast<double>(limit),
               .unit = "bytes"},
              input(run),
              "  " + number(run.heap_bytes) +
                  " bytes of heap at one time; 64 w + 4,096 = " + number(limit) +
                  " are allowed.\n\n"
                  "  The values go on for ever, and the window doesn't: what has left it can be\n"
                  "  forgotten, and its room used again."))
        return;
    }
  }
}

TEST(Cost, ClaimsHold) {
  if (!expect_right(windows_in(Values::random, 1'000, 33, 1),
                    "  The wrong index, so that its cost says nothing."))
    return;
  kit::lens::LimitsInTwo limits;
  limits.fixed_x = 1 << 15;  // n
  limits.fixed_y = 16;       // w
  limits.along_x = {.start = 256, .largest = 1 << 15};
  limits.along_y = {.start = 8, .largest = 1 << 10, .budget = 1 << 24};
  const auto on = [&](std::int64_t Windows::*what) {
    return kit::lens::count_in_two(
        "n", "w",
        [=](std::uint64_t n, std::uint64_t w) {
          return static_cast<double>(windows_in(Values::descending, n, w, 1).*what);
        },
        limits);
  };
  kit::lens::hold_claims(
      kit::harness::claims_file(KIT_EXERCISE),
      {{.section = "all_windows",
        .key = "worst time",
        .variables = {"n", "w"},
        .truth = "n",
        .counted = "comparisons, values descending",
        .column = "comparisons",
        .hint = "How often is one value compared in the whole run, with a window of any length?",
        .meter = on(&Windows::comparisons)},
       {.section = "all_windows",
        .key = "space",
        .variables = {"n", "w"},
        .truth = "w",
        .counted = "bytes of heap at one time, values descending",
        .column = "bytes",
        .hint = "How many places of values that are still in the window have to be known?",
        .meter = on(&Windows::heap_bytes)},
       {.section = "one_value",
        .key = "amortised time",
        .variables = {"w"},
        .truth = "1",
        .counted = "comparisons a value, in the mean over any run",
        .hint = "Each value becomes a candidate once. How often can it cease to be one?",
        .along = "w"},
       {.section = "one_value",
        .key = "worst time",
        .variables = {"w"},
        .truth = "w",
        .counted = "w values that fall, and then one above all of them",
        .hint = "How many candidates are there after the falling ones, and what becomes of them?",
        .along = "w"}});
}

}  // namespace
