// Judges what the scenarios saw of a DynamicArray. See dynamic_array_scenarios.hpp.
#include "complexity/03-dynamic-array/dynamic_array_scenarios.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <exception>
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

std::string digits(std::uint64_t n) {
  return number(static_cast<std::int64_t>(n));
}

// "1 copy", "2 copies".
std::string counted(std::int64_t n, const char* one, const char* more) {
  return number(n) + " " + (n == 1 ? one : more);
}

// A text of a finding, with its numbers.
std::string filled_in(std::string text, const Finding& finding) {
  for (std::size_t i = 0; i < std::size(finding.numbers); ++i) {
    const std::string mark = "{" + std::to_string(i) + "}";
    for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark)) {
      const std::string shown = number(finding.numbers[i]);
      text.replace(at, mark.size(), shown);
      const std::size_t behind = at + shown.size();
      if (shown == "1" && text.compare(behind, 9, " elements") == 0) text.erase(behind + 8, 1);
    }
  }
  return text;
}

// Fails if something was found. `why`: lines that say what it means for a user; the finding may
// know better.
bool expect_nothing(const Finding& finding, const std::string& why, const std::string& note = "") {
  if (!finding.found()) return true;
  fail(filled_in(finding.input, finding) + note,
       "  expected   " + filled_in(finding.expected, finding) + "\n  seen       " +
           filled_in(finding.seen, finding) + "\n\n" +
           (finding.why != nullptr ? finding.why : why));
  return false;
}

// ---- Correct ----

TEST(Correct, KeepsWhatWasPushed) {
  expect_nothing(keeps_what_was_pushed(),
                 "  What was pushed first stays in front; a pop takes the last one away.");
}

TEST(Correct, AgreesWithAModel) {
  expect_nothing(agrees_with_a_model(kit::harness::seed(), 100'000),
                 "  Pushes, pops, shrink_to_fit and moves at random, held against a plain list.",
                 ", " + kit::harness::seed_note());
}

TEST(Correct, PushesItsOwnElement) {
  expect_nothing(pushes_its_own_element(),
                 "  The argument lies in the buffer that this push gives up. It must be read\n"
                 "  before the elements move out of the old buffer, and before that is freed.");
}

TEST(Correct, MovesAsAWhole) {
  expect_nothing(moves_as_a_whole(), "  A move takes over the buffer; no element is touched.");
}

TEST(Correct, HoldsMoveOnlyTypes) {
  expect_nothing(holds_move_only_types(),
                 "  What can't be copied must be moved, into the buffer and between buffers.");
}

TEST(Correct, HoldsOveralignedTypes) {
  expect_nothing(holds_overaligned_types(),
                 "  ::operator new(bytes) aligns for ordinary types only; for stricter ones it\n"
                 "  wants std::align_val_t{alignof(T)}, and so does the delete.");
}

TEST(Correct, HoldsTypesWithoutDefaultConstructor) {
  const Construction seen = constructs_only_what_was_pushed();
  if (!seen.kept)
    fail("1,000 pushes", "  The array doesn't hold the 1,000 elements that were pushed.");
  if (seen.defaults == 0) return;
  fail("1,000 pushes",
       "  expected   no element made by the default constructor\n  seen       " +
           number(seen.defaults) +
           "\n\n  Behind size() there is memory and no element: a type without a default\n"
           "  constructor could not even be compiled.");
}

TEST(Correct, ShrinksToFit) {
  expect_nothing(shrinks_to_fit(), "  shrink_to_fit gives back all that holds no element.");
}

// ---- Robust ----

TEST(Robust, ThrowingCopyLeavesItAsItWas) {
  expect_nothing(throws_at_each_copy().finding,
                 "  The old buffer must stay whole until the new one is complete. Whoever\n"
                 "  catches the exception goes on with this array.");
}

TEST(Robust, FailedAllocationLeavesItAsItWas) {
  expect_nothing(allocation_fails().finding,
                 "  Ask for the memory first. Only when it is there may anything change: the\n"
                 "  members, the elements, the argument.");
}

// pop_back() is noexcept: an exception that leaves it ends the program. So a child of ours tries it.
enum class End { returned, terminated, no_child };
End end_of(Survival (*scenario)()) {
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child == 0) {
    std::set_terminate([] { ::_exit(3); });
    scenario();
    ::_exit(0);
  }
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child) return End::no_child;
  // Whatever else went wrong happens again, and is seen, where the scenario runs in this process.
  return WIFEXITED(status) && WEXITSTATUS(status) == 3 ? End::terminated : End::returned;
}

void expect_pops_survive(Survival (*scenario)(), const std::string& input) {
  const std::string why =
      "  A smaller buffer is a kindness, not a need: without it the array is still\n"
      "  right, so that taking an element away never fails.";
  switch (end_of(scenario)) {
    case End::returned:
      expect_nothing(scenario().finding, why);
      break;
    case End::no_child:
      fail("kit: no child process could be made", "  fork() failed.");
      break;
    case End::terminated:
      fail(input,
           "  expected   pop_back() returns, and keeps its larger buffer\n"
           "  seen       an exception left pop_back(): std::terminate ended the program\n\n" +
               why);
  }
}

TEST(Robust, PopSurvivesAFailedAllocation) {
  expect_pops_survive(pops_without_memory, "1,000 pushes, then pops while operator new fails");
  expect_pops_survive(pops_while_everything_throws,
                      "200 pushes, then pops of a type whose copy and move throw");
  expect_pops_survive(pops_move_only_while_moves_throw,
                      "200 pushes, then pops of a move-only type whose move throws");
}

// Speaks of what is left behind only: what else was found is another test's.
void expect_all_gone(const Survival& seen, const std::string& input, const std::string& why) {
  if (seen.elements == 0 && seen.blocks == 0) return;
  std::string left;
  if (seen.elements > 0) left = counted(seen.elements, "element", "elements") + " never destroyed";
  if (seen.elements < 0)
    left = counted(-seen.elements, "destruction", "destructions") + " too many";
  if (!left.empty() && seen.blocks != 0) left += ", ";
  if (seen.blocks > 0)
    left += counted(seen.blocks, "block", "blocks") + " of memory never given back";
  if (seen.blocks < 0)
    left += counted(-seen.blocks, "block", "blocks") + " of memory given back twice";
  fail(input + "; then the array ends",
       "  expected   every element destroyed once, all memory given back\n  seen       " + left +
           "\n\n" + why);
}

TEST(Robust, EveryElementIsDestroyedOnce) {
  const std::string on_assignment =
      "  An array that is assigned to has elements and a buffer of its own. They have\n"
      "  to go before, or with, the array that it takes over.";
  const Survival moves = moves_onto_a_full_array();
  if (!expect_nothing(moves.finding, on_assignment)) return;
  expect_all_gone(moves, "a = std::move(b), both full", on_assignment);

  const std::string on_exception =
      "  What was built in the new buffer before the exception has to be destroyed\n"
      "  again, and the new buffer freed.";
  expect_all_gone(throws_at_each_copy(), "each copy of a growth throws in turn", on_exception);
  expect_all_gone(allocation_fails(), "operator new fails", on_exception);
  if (end_of(pops_without_memory) == End::returned)
    expect_all_gone(pops_without_memory(), "pops while operator new fails", on_exception);
  if (end_of(pops_while_everything_throws) == End::returned) {
    expect_all_gone(pops_while_everything_throws(), "pops of a type whose copy and move throw",
                    on_exception);
  }
}

TEST(Robust, ThrowingMoveFallsBackToCopy) {
  const Fallback seen = grows_with_throwing_moves();
  const std::string why =
      "  A move that throws half-way leaves elements in both buffers, and no way back.\n"
      "  Copies leave the old buffer whole: move only what can't be copied, or what\n"
      "  std::is_nothrow_move_constructible says (the assignment's move is another).";
  if (!expect_nothing(seen.finding, why)) return;
  if (seen.moves == 0) return;
  fail("one growth of " + number(seen.size) + " elements whose move may throw, by a pushed copy",
       "  expected   " + number(seen.size + 1) + " copies, no moves\n  seen       " +
           counted(seen.copies, "copy", "copies") + ", " + counted(seen.moves, "move", "moves") +
           "\n\n" + why);
}

TEST(Robust, RefusesImpossibleSizes) {
  expect_nothing(refuses_impossible_sizes(),
                 "  Above PTRDIFF_MAX bytes the distance of two pointers fits no ptrdiff_t;\n"
                 "  above SIZE_MAX capacity * sizeof(T) wraps round to a small number, and the\n"
                 "  buffer is far too short. Before multiplying, compare the capacity with\n"
                 "  PTRDIFF_MAX / sizeof(T) (not SIZE_MAX).");
}

// ---- Cost ----

constexpr std::uint64_t kPushes = std::uint64_t{1} << 20;

// One run of 2^20 pushes serves several tests.
const PushRun& pushes() {
  static const PushRun run = push_run(kPushes);
  return run;
}

bool expect_kept(bool kept, const std::string& input) {
  if (!kept)
    fail(input, "  The elements are not those that were pushed, so that their cost says nothing.");
  return kept;
}

std::vector<Sample> relocations_of(const std::vector<Change>& changes) {
  std::vector<Sample> samples;
  for (const Change& each : changes)
    samples.push_back({each.operations, static_cast<double>(each.relocations)});
  return samples;
}

kit::lens::Shape linear() {
  return {"n", [](double n) { return n; }};
}

TEST(Cost, RelocatesThreeAPushAtMost) {
  const PushRun& run = pushes();
  if (!expect_kept(run.kept, digits(run.pushed) + " pushes")) return;
  kit::lens::expect_at_most(
      relocations_of(run.changes),
      {.c = 3,
       .f = linear(),
       .d = 64,
       .what = "relocations",
       .ratio = "a push",
       .input = "relocations of elements for n pushes onto an empty array",
       .why = "  A growth that relocates n elements must make room for n/2 more at least,\n"
              "  or they can't share its cost."});
}

TEST(Cost, NoThrashAtAnyBorder) {
  const BorderRun run = visit_borders(3'000);
  if (!expect_kept(run.kept, "pushes and pops at the sizes 1 to 3,000")) return;
  const auto limit = [](const Border& border) { return 2 * border.size + 64; };
  const auto worst = std::max_element(run.borders.begin(), run.borders.end(),
                                      [&](const Border& x, const Border& y) {
                                        return x.relocations * limit(y) < y.relocations * limit(x);
                                      });
  const std::string size = digits(worst->size);
  const std::string pairs = worst->pop_first ? "64 times pop, push" : "64 times push, pop";
  kit::harness::expect_within(
      {.lens = "growth",
       .key = "relocations at size " + std::to_string(worst->size),
       .measured = static_cast<double>(worst->relocations),
       .limit = static_cast<double>(limit(*worst)),
       .unit = "relocations"},
      pairs + " at size " + size + ", reached by " + (worst->by_popping ? "popping" : "pushing"),
      "  " + digits(worst->relocations) + " relocations; at most 2 * " + size + " + 64 = " +
          digits(limit(*worst)) + " are allowed.\n  That is " + digits(worst->relocations / 128) +
          " an operation, the whole array again and again.\n\n"
          "  Who shrinks to exactly what is left must grow at the next push. Between the\n"
          "  size at which it shrinks and the one at which it grows there has to be room\n"
          "  in proportion to the size, on both sides.");
}

bool expect_linear(Sequence which, const std::string& name, const std::string& why) {
  const SequenceRun run = run_sequence(which, std::uint64_t{1} << 18, kit::harness::seed());
  if (!expect_kept(run.kept, name)) return false;
  return kit::lens::expect_at_most(relocations_of(run.changes), {.c = 3,
                                                                 .f = linear(),
                                                                 .d = 64,
                                                                 .what = "relocations",
                                                                 .ratio = "an operation",
                                                                 .input = name,
                                                                 .why = why});
}

// Each run stops where it passes the bound, and the first that does is enough.
TEST(Cost, AnySequenceIsLinear) {
  const std::string note = kit::harness::seed_note();
  expect_linear(
      Sequence::greedy, "pushes until elements are relocated, pops until they are, and so on",
      "  This user knows where your array grows and shrinks, and goes to and fro\n  there.") &&
      expect_linear(Sequence::fill_and_drain, "131,072 pushes, then as many pops",
                    "  Shrinking has to be paid for by the pops.") &&
      expect_linear(Sequence::random_walk, "pushes and pops at random, " + note,
                    "  The size hardly moves, so that growing and shrinking should be rare.") &&
      expect_linear(Sequence::drifting_walk, "seven pushes in ten, then three in ten, " + note,
                    "  The size goes up and down slowly.");
}

TEST(Cost, OneAllocationAGrowth) {
  const PushRun& run = pushes();
  if (!expect_kept(run.kept, digits(run.pushed) + " pushes")) return;
  const std::string input = digits(run.pushed) + " pushes onto an empty array";
  const std::uint64_t beyond = run.allocations > run.growths ? run.allocations - run.growths : 0;
  kit::harness::expect_within(
      {.lens = "growth",
       .key = "allocations n=2^20",
       .measured = static_cast<double>(run.allocations),
       .limit = 43,
       .unit = "allocations"},
      input,
      "  " + digits(run.allocations) +
          " allocations; at most 43 are allowed: growing by 3/2 from 1 to 2^20\n"
          "  takes ceil(log_1.5 2^20) = 35, and 8 are added for small beginnings.");
  kit::harness::expect_within(
      {.lens = "growth",
       .key = "allocations beyond one a growth",
       .measured = static_cast<double>(beyond),
       .limit = 0,
       .unit = "allocations"},
      input,
      "  " + digits(run.allocations) + " allocations; the capacity changed " + digits(run.growths) +
          " times.\n  A growth needs one new buffer and nothing else from the heap.");
}

TEST(Cost, MovesWhenItMay) {
  const PushRun moved = push_run(1 << 16), copied = push_copies_run(1 << 16);
  if (!expect_kept(moved.kept && copied.kept, "65,536 pushes")) return;
  const std::string why =
      "\n\n  Its move can't throw, so that a move is as safe as a copy and costs less: for\n"
      "  a string or a vector a copy asks the heap each time.";
  kit::harness::expect_within({.lens = "growth",
                               .key = "copies, elements moved in",
                               .measured = static_cast<double>(moved.copies),
                               .limit = 0,
                               .unit = "copies"},
                              "65,536 elements moved in, of a type whose move can't throw",
                              "  expected   no copies\n  seen       " + digits(moved.copies) + why);
  const std::uint64_t by_growths =
      copied.copies > copied.pushed ? copied.copies - copied.pushed : 0;
  kit::harness::expect_within({.lens = "growth",
                               .key = "copies by growths, elements copied in",
                               .measured = static_cast<double>(by_growths),
                               .limit = 0,
                               .unit = "copies"},
                              "65,536 elements copied in, of a type whose move can't throw",
                              "  expected   65,536 copies, one for each push\n  seen       " +
                                  digits(by_growths) + " more" + why);
}

std::uint64_t slack_limit(const Slack& at) {
  return std::max<std::uint64_t>(16, 4 * at.size);
}

double share(const Slack& at) {
  return static_cast<double>(at.capacity) / static_cast<double>(slack_limit(at));
}

const Slack& furthest_above(const std::vector<Slack>& slack) {
  return *std::max_element(slack.begin(), slack.end(),
                           [](const Slack& x, const Slack& y) { return share(x) < share(y); });
}

// Where it is further above the limit than at the first size, if anywhere.
std::string worse_later(const std::vector<Slack>& slack, const Slack& first) {
  const Slack& worst = furthest_above(slack);
  if (share(worst) < 1.05 * share(first)) return "";
  return "\n  With " + digits(worst.size) + " elements it is " + digits(worst.capacity) + "; " +
         digits(slack_limit(worst)) + " is allowed.";
}

std::string what_is_wrong(const std::vector<Slack>& slack, const Slack& first) {
  if (slack.back().capacity >= first.capacity) {
    return "  It never becomes smaller: a queue that was long once would hold its memory\n"
           "  for ever.";
  }
  if (share(furthest_above(slack)) < 1.25) {
    return "  It shrinks, and misses the limit by little: look at the rounding, at < and\n"
           "  <=, and at which size is compared, that before or after the pop.";
  }
  return "  It shrinks, but too late or by too little: what counts is the capacity after\n"
         "  each pop.";
}

TEST(Cost, CapacityFollowsTheSize) {
  const DrainRun run = drain(kPushes);
  if (!expect_kept(run.kept, "1,048,576 pushes")) return;
  const std::string input = "1,048,576 pushes, then pops down to 0";
  const Slack nearest = run.nearest;
  if (!run.too_large && !run.finished) {
    fail(input, "  The first " + digits(run.popped) + " pops relocated " + digits(run.relocations) +
                    " elements; the rest wasn't tried.\n\n"
                    "  A pop that shrinks must leave room for many pops before the next shrink.");
    return;
  }
  if (!run.too_large) {
    kit::harness::record({.lens = "growth",
                          .key = "capacity at size " + std::to_string(nearest.size),
                          .measured = static_cast<double>(nearest.capacity),
                          .limit = static_cast<double>(slack_limit(nearest)),
                          .unit = "places"});
    return;
  }
  const Slack first = run.slack[run.first_too_large];
  const std::uint64_t limit = slack_limit(first);
  kit::harness::expect_within(
      {.lens = "growth",
       .key = "capacity at size " + std::to_string(first.size),
       .measured = static_cast<double>(first.capacity),
       .limit = static_cast<double>(limit),
       .unit = "places"},
      input,
      "  After the pop that left " + digits(first.size) + " elements the capacity is " +
          digits(first.capacity) + ";\n  max(16, 4 * size()) = " + digits(limit) +
          " is allowed: " + digits(first.capacity - limit) + " too many." +
          worse_later(run.slack, first) + "\n\n" + what_is_wrong(run.slack, first));
}

// ---- The claims ----

// At n: the dearest of the first n pushes.
kit::lens::Ladders dearest_push(const PushRun& run) {
  kit::lens::LadderLimits limits;
  limits.largest = run.pushed;
  return kit::lens::count_on_ladders(
      [&run](std::uint64_t n) {
        std::uint64_t dearest = 0, before = 0;
        for (const Change& each : run.changes) {
          if (each.operations > n) break;
          dearest = std::max(dearest, each.relocations - before);
          before = each.relocations;
        }
        return static_cast<double>(dearest);
      },
      limits);
}

kit::lens::AmortisedCost cost_of_pushes(const PushRun& run) {
  kit::lens::AmortisedCost cost;
  std::uint64_t total = 0;
  auto next = run.changes.begin();
  for (std::uint64_t m = 1; m <= run.pushed; ++m) {
    for (; next != run.changes.end() && next->operations == m; ++next) total = next->relocations;
    cost.after_operation(total);
  }
  return cost;
}

kit::lens::Ladders bytes_of_pushes(const PushRun& run) {
  kit::lens::LadderLimits limits;
  limits.largest = run.pushed;
  limits.budget = 1e9;
  return kit::lens::count_on_ladders(
      [&run](std::uint64_t n) {
        std::uint64_t bytes = 0;
        for (const Change& each : run.changes) {
          if (each.operations <= n) bytes = each.peak_bytes;
        }
        return static_cast<double>(bytes);
      },
      limits);
}

kit::lens::TotalsOfOperations cost_of_pops() {
  kit::lens::LadderLimits limits;
  limits.largest = 1 << 16;
  return {kit::lens::count_on_ladders(
      [](std::uint64_t n) { return static_cast<double>(n + drain(n).relocations); }, limits)};
}

TEST(Cost, ClaimsHold) {
  const PushRun& run = pushes();
  if (!expect_kept(run.kept, digits(run.pushed) + " pushes")) return;
  kit::lens::hold_claims(
      kit::harness::claims_file(KIT_EXERCISE),
      {{.section = "push",
        .key = "worst time",
        .truth = "n",
        .counted = "relocations by the dearest of n pushes",
        .column = "relocations",
        .hint = "What does the push do that finds the buffer full?",
        .meter = dearest_push(run)},
       {.section = "push",
        .key = "amortised time",
        .truth = "1",
        .counted = "relocations of n pushes onto an empty array",
        .column = "relocations",
        .hint = "How many pushes find room after one that found none?",
        .meter = cost_of_pushes(run)},
       {.section = "pop",
        .key = "amortised time",
        .truth = "1",
        .counted = "destructions and relocations of n pops from n elements",
        .column = "steps",
        .hint = "How many pops pass between two that shrink, and what does each relocate?",
        .meter = cost_of_pops()},
       {.section = "memory",
        .key = "space",
        .truth = "n",
        .counted = "bytes of both buffers at the largest, n pushes of 4 bytes",
        .column = "bytes",
        .hint = "How large is the buffer at most, beside what it holds?",
        .meter = bytes_of_pushes(run)}});
}

}  // namespace
