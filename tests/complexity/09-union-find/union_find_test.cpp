// Judges what the scenarios saw of a UnionFind. See union_find_scenarios.hpp.
#include "complexity/09-union-find/union_find_scenarios.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "harness/report.hpp"
#include "lens/growth/bound.hpp"
#include "lens/growth/hold_claims.hpp"
#include "lens/growth/key_orders.hpp"

void kit::scenarios::doing(const char* what) {
  kit::harness::doing(what);
}

namespace {

using namespace kit::scenarios;
using kit::harness::fail;
using kit::harness::number;
using kit::lens::Sample;
using Kind = Operation::Kind;
using Script = std::vector<Operation>;

Operation unite(std::uint32_t x, std::uint32_t y) {
  return {Kind::unite, x, y};
}
Operation together(std::uint32_t x, std::uint32_t y) {
  return {Kind::together, x, y};
}
Operation find(std::uint32_t x) {
  return {Kind::find, x, 0};
}
Operation size_of(std::uint32_t x) {
  return {Kind::size_of, x, 0};
}

std::string in_words(const Operation& each) {
  const std::string x = std::to_string(each.x), both = x + ", " + std::to_string(each.y);
  switch (each.kind) {
    case Kind::unite:
      return "unite(" + both + ")";
    case Kind::together:
      return "together(" + both + ")";
    case Kind::find:
      return "find(" + x + ")";
    case Kind::size_of:
      return "size_of(" + x + ")";
  }
  return "";
}

bool says_yes_or_no(const Operation& each) {
  return each.kind == Kind::unite || each.kind == Kind::together;
}

std::string result_of(const Operation& each, const Seen& seen) {
  if (seen.threw == Seen::Threw::out_of_range) return "threw std::out_of_range";
  if (seen.threw == Seen::Threw::other) return "threw something else";
  if (says_yes_or_no(each)) return seen.answer ? "true" : "false";
  return std::to_string(seen.value);
}

// Islands as everybody understands them: each machine has the number of its island.
class Model {
 public:
  explicit Model(std::size_t n) : island_(n), representative_(n, kUnknown), islands_(n) {
    for (std::size_t i = 0; i < n; ++i) island_[i] = i;
  }

  // What is wrong with what was seen, as the text that was expected; "" if nothing is.
  std::string expected_instead(const Operation& each, const Seen& seen) {
    const std::size_t n = island_.size();
    const bool second = says_yes_or_no(each);
    if (each.x >= n || (second && each.y >= n)) {
      return seen.threw == Seen::Threw::out_of_range ? islands_instead(seen)
                                                     : "threw std::out_of_range";
    }
    const std::size_t x = island_[each.x], y = second ? island_[each.y] : 0;
    Seen right;
    right.answer = each.kind == Kind::unite ? x != y : x == y;
    right.value = static_cast<std::uint32_t>(std::count(island_.begin(), island_.end(), x));
    if (each.kind == Kind::find) {
      if (seen.threw != Seen::Threw::nothing || seen.value >= n || island_[seen.value] != x)
        return "a machine of its island";
      if (representative_[x] == kUnknown) representative_[x] = seen.value;
      right.value = representative_[x];
    }
    if (each.kind == Kind::unite && x != y) {
      std::replace(island_.begin(), island_.end(), y, x);
      representative_[x] = kUnknown;
      --islands_;
    }
    const std::string expected = result_of(each, right);
    return expected == result_of(each, seen) ? islands_instead(seen) : expected;
  }

  std::string island_of(std::uint32_t x) const {
    if (x >= island_.size()) return "not one of the machines";
    std::string out;
    int shown = 0;
    for (std::size_t i = 0; i < island_.size(); ++i) {
      if (island_[i] != island_[x]) continue;
      if (++shown > 12) return out + " ...";
      out += (out.empty() ? "" : " ") + std::to_string(i);
    }
    return out;
  }

 private:
  static constexpr std::uint32_t kUnknown = UINT32_MAX;
  std::string islands_instead(const Seen& seen) const {
    return seen.islands == islands_ ? "" : "islands() " + std::to_string(islands_) + " after it";
  }
  std::vector<std::size_t> island_;
  std::vector<std::uint32_t> representative_;  // of the island with this number
  std::size_t islands_;
};

std::string operations_before(const Script& all, const std::vector<Seen>& seen, std::size_t at) {
  constexpr std::size_t kShown = 9;
  const std::size_t first = at + 1 > kShown ? at + 1 - kShown : 0;
  std::string out;
  if (first > 0) out += "    ... " + number(static_cast<std::int64_t>(first)) + " operations\n";
  for (std::size_t i = first; i <= at; ++i) {
    std::string line = "    " + in_words(all[i]) + " -> " + result_of(all[i], seen[i]);
    if (i == at) {
      line.resize(std::max<std::size_t>(line.size(), 34), ' ');
      line += "  <-";
    }
    out += line + "\n";
  }
  return out;
}

bool expect_same(std::size_t n, const Script& script, const std::vector<Seen>& seen,
                 const std::string& why, const std::string& note) {
  Model model(n);
  for (std::size_t i = 0; i < script.size(); ++i) {
    const Operation& each = script[i];
    const std::string x_before = model.island_of(each.x), y_before = model.island_of(each.y);
    const std::string expected = model.expected_instead(each, seen[i]);
    if (expected.empty()) continue;
    std::string saw = result_of(each, seen[i]);
    if (expected.starts_with("islands")) saw = "islands() " + std::to_string(seen[i].islands);
    std::string story = "  expected   " + expected + "\n  seen       " + saw + "\n\n" +
                        operations_before(script, seen, i) + "  the island of " +
                        std::to_string(each.x) + " before it: " + x_before + "\n";
    if (says_yes_or_no(each))
      story += "  the island of " + std::to_string(each.y) + " before it: " + y_before + "\n";
    fail(number(static_cast<std::int64_t>(n)) + " machines: " + in_words(each) + note,
         story + "\n" + why);
    return false;
  }
  return true;
}

bool expect_right(std::size_t n, const Script& script, const std::string& why,
                  const std::string& note = "") {
  return expect_same(n, script, run(n, script), why, note) &&
         expect_same(n, script, run_counted(n, script), why, note);
}

// ---- Correct ----

TEST(Correct, FiveMachines) {
  expect_right(
      5,
      {together(0, 1), unite(0, 1), together(0, 1), together(1, 2), unite(2, 3), unite(1, 3),
       together(0, 2), together(0, 4), find(0), find(3), find(1), find(2), find(4)},
      "  Links join islands. All machines of an island have the same representative,\n"
      "  until the island is joined with another.");
}

TEST(Correct, CountsIslandsAndSizes) {
  Script script;
  for (std::uint32_t i = 0; i < 8; ++i) script.push_back(size_of(i));
  // Sizes 1 + 1, 2 + 1, 2 + 3 from either side; roots that were roots before, and are no more.
  for (const Operation& link : {unite(0, 1), unite(2, 1), unite(3, 4), unite(4, 0), unite(5, 6),
                                unite(7, 6), unite(6, 2)}) {
    script.push_back(link);
    for (std::uint32_t i = 0; i < 8; ++i) script.push_back(size_of(i));
  }
  expect_right(8, script,
               "  size_of() counts the whole island, whichever of its machines is asked;\n"
               "  islands() is one less for each unite that joined two.");
}

TEST(Correct, UnitingTwiceIsFalse) {
  expect_right(4,
               {unite(0, 1), unite(0, 1), unite(1, 0), unite(2, 3), unite(1, 2), unite(0, 3),
                unite(3, 1), size_of(0), together(0, 3)},
               "  They are one island already: nothing is joined, and nothing may be counted\n"
               "  again.");
}

TEST(Correct, SelfUnion) {
  expect_right(3,
               {unite(1, 1), size_of(1), together(1, 1), find(1), unite(0, 1), unite(1, 1),
                unite(0, 0), size_of(0), find(0), find(1)},
               "  A machine is connected with itself from the start.");
}

TEST(Correct, AgreesWithRelabelling) {
  for (const std::size_t n : {2U, 3U, 10U, 50U, 200U}) {
    for (int round = 0; round < 4; ++round) {
      kit::lens::Random random(kit::harness::seed() + n +
                               static_cast<std::uint64_t>(round) * 1'000);
      Script script;
      for (std::size_t i = 0; i < 4 * n; ++i) {
        constexpr Kind kKinds[] = {Kind::unite, Kind::together, Kind::find, Kind::size_of};
        Operation next{kKinds[random.below(4)], static_cast<std::uint32_t>(random.below(n)), 0};
        if (says_yes_or_no(next)) next.y = static_cast<std::uint32_t>(random.below(n));
        script.push_back(next);
      }
      if (!expect_right(n, script,
                        "  Held against a table in which each machine has its island's number.",
                        ", " + kit::harness::seed_note()))
        return;
    }
  }
}

// ---- Robust ----

TEST(Robust, EmptyAndOutOfRange) {
  const std::string why =
      "  Arguments have to be below n, and are to be looked at before anything else:\n"
      "  behind the last parent lies somebody else's memory.";
  if (!expect_right(0, {find(0), unite(0, 0), together(0, 0), size_of(0), find(UINT32_MAX)}, why))
    return;
  if (!expect_right(1, {find(0), unite(0, 0), together(0, 0), size_of(0), find(1), size_of(1)},
                    why))
    return;
  expect_right(3,
               {unite(0, 3), unite(3, 0), unite(3, 3), together(1, 3), together(3, 1),
                together(7, 7), find(3), size_of(UINT32_MAX), unite(0, 1), unite(1, UINT32_MAX),
                unite(4'000'000'000U, 1), size_of(0), size_of(2), find(0), find(1), find(2)},
               why);
}

TEST(Robust, LongChainsDoNotOverflow) {
  constexpr std::size_t kLong = std::size_t{1} << 20;
  const Stack stack = stack_of_chains(kLong);
  const std::string input = number(static_cast<std::int64_t>(kLong)) +
                            " machines, linked in a row from either end; then find() of both ends";
  if (stack.hopeless) {
    fail(input,
         "  Linking the first 4,096 of them reads or writes more than 5 (m + n) parents\n"
         "  already: a million were not tried.");
    return;
  }
  if (!stack.right) {
    fail(input,
         "  expected   one island\n  seen       find(0) and find(n - 1) differ, or islands() "
         "isn't 1");
    return;
  }
  kit::harness::expect_within(
      {.lens = "growth",
       .key = "stack bytes, chains of 2^20",
       .measured = static_cast<double>(stack.bytes),
       .limit = 256 * 1024,
       .unit = "bytes"},
      input,
      "  " + number(stack.bytes) +
          " bytes of stack; 262,144 are allowed.\n\n"
          "  The tree is as deep as the chain is long, and a call for each step up fills\n"
          "  the stack: with the 8 MiB of a program, or the 512 KiB of a thread, this is a\n"
          "  crash. Walk in a loop, or see to it that no tree gets deep.");
}

// ---- Cost ----

std::string name_of(Order order) {
  switch (order) {
    case Order::chain_up:
      return "unite(i, i + 1), upwards; then both ends in turn";
    case Order::chain_down:
      return "unite(i + 1, i), downwards; then both ends in turn";
    case Order::chain_up_swapped:
      return "unite(i + 1, i), upwards; then both ends in turn";
    case Order::chain_down_swapped:
      return "unite(i, i + 1), downwards; then both ends in turn";
    case Order::star:
      return "unite(0, i); then 0 and n - 1 in turn";
    case Order::star_swapped:
      return "unite(i, 0); then 0 and n - 1 in turn";
    case Order::binomial:
      return "equal islands by their roots; then the deepest machine";
    case Order::grows_down:
      return "one island, joined by the next lower machine; then random finds";
    case Order::grows_up:
      return "one island, joined by the next higher machine; then random finds";
    case Order::random:
      return "random unites; then random finds";
  }
  return "";
}

bool expect_right(const Cost& cost, Order order) {
  if (!cost.right) {
    fail(number(cost.n) + " machines: " + name_of(order),
         "  They should be one island in the end, each unite but the last joining two; they are\n"
         "  not, so that the cost says nothing.");
  }
  return cost.right;
}

const std::string kWhyFive =
    "  Trees have to stay shallow whatever the order of the links: look at which root\n"
    "  hangs under which, and at what each walk leaves behind for the next.";

TEST(Cost, FiveReadsAFindAtMost) {
  for (const Order order :
       {Order::chain_up, Order::chain_down, Order::chain_up_swapped, Order::chain_down_swapped,
        Order::star, Order::star_swapped, Order::binomial, Order::random}) {
    for (const std::size_t n : {std::size_t{1} << 12, std::size_t{1} << 16}) {
      const Cost cost = cost_of(order, n, kit::harness::seed());
      if (!expect_right(cost, order)) return;
      for (const bool reading : {true, false}) {
        const std::int64_t count = reading ? cost.reads : cost.writes;
        const std::string what = reading ? "reads" : "writes";
        const std::int64_t both = cost.finds + cost.n;
        if (!kit::harness::expect_within(
                {.lens = "growth",
                 .key = what + " of parents, " + name_of(order) + ", n=" + std::to_string(n),
                 .measured = static_cast<double>(count),
                 .limit = static_cast<double>(5 * both),
                 .unit = what},
                number(cost.n) + " machines: " + name_of(order) + ", " + kit::harness::seed_note(),
                "  " + number(count) + " " + what + " of parents in " + number(cost.finds) +
                    " finds (a unite is two); allowed are\n  5 (" + number(cost.finds) + " + " +
                    number(cost.n) + ") = " + number(5 * both) +
                    (cost.over ? ", and it was stopped there.\n\n" : ".\n\n") + kWhyFive))
          return;
      }
    }
  }
}

// The mean of `runs` runs, so that at small sizes too no chance is in it.
double steps_a_find(Order order, std::size_t n, int runs, Cost& last) {
  double sum = 0;
  for (int run = 0; run < runs; ++run) {
    last = cost_of(order, n, kit::harness::seed() + static_cast<std::uint64_t>(run));
    sum += static_cast<double>(last.reads + last.writes) / static_cast<double>(last.finds + last.n);
    if (!last.right || last.over) return sum / (run + 1);
  }
  return sum / runs;
}

TEST(Cost, DoesNotGrow) {
  for (const Order order : {Order::random, Order::binomial, Order::grows_down, Order::grows_up}) {
    std::vector<Sample> samples;
    for (const auto& [bits, runs] : {std::pair(8, 32), std::pair(12, 4), std::pair(16, 1)}) {
      const std::size_t n = std::size_t{1} << bits;
      Cost last;
      samples.push_back({n, steps_a_find(order, n, order == Order::binomial ? 1 : runs, last)});
      if (!expect_right(last, order)) return;
      if (last.over) break;  // the test of the bound says so
    }
    if (!kit::lens::expect_level(
            samples,
            {.factor = order == Order::random || order == Order::binomial ? 1.2 : 1.25,
             .f = {"1", [](double) { return 1.0; }},
             .what = "reads + writes",
             .ratio = "/ (m + n)",
             .input = "reads and writes of parents, divided by m + n: " + name_of(order),
             .why = "  A cost that rises by a logarithm looks good at every size that one tries.\n"
                    "  Two things are needed: which root hangs under which, and what each walk\n"
                    "  leaves behind. One of them alone gives log n."}))
      return;
  }
}

TEST(Cost, ReadsParents) {
  const Cost cost = cost_of(Order::random, 4'096, kit::harness::seed());
  if (!expect_right(cost, Order::random)) return;
  kit::harness::expect_within(
      {.lens = "growth",
       .key = "reads of parents, n=4,096",
       .measured = static_cast<double>(cost.reads),
       .limit = static_cast<double>(cost.finds) * 0.99,  // x and y of one unite may be the same
       .at_most = false,
       .unit = "reads"},
      "4,096 machines: " + name_of(Order::random),
      "  " + number(cost.reads) + " reads of an Index in " + number(cost.finds) +
          " finds: one for each is the least that a parent can\n  be asked.\n\n"
          "  Parents have to be kept as Index, or nothing can be counted.");
}

TEST(Cost, NoAllocationAfterConstruction) {
  const Cost cost = cost_of(Order::random, 4'096, kit::harness::seed());
  if (!expect_right(cost, Order::random)) return;
  if (!kit::harness::expect_within(
          {.lens = "growth",
           .key = "allocations after construction",
           .measured = static_cast<double>(cost.blocks),
           .limit = 0,
           .unit = "allocations"},
          "4,096 machines: " + name_of(Order::random),
          "  expected   nothing asked of the heap after the constructor\n  seen       " +
              number(cost.blocks) +
              " allocations\n\n"
              "  The way up need not be written down: it can be walked twice."))
    return;
  const std::int64_t bytes = memory_of(10'000);
  kit::harness::expect_within({.lens = "growth",
                               .key = "heap bytes, n=10,000",
                               .measured = static_cast<double>(bytes),
                               .limit = 320'000,
                               .unit = "bytes"},
                              "10,000 machines",
                              "  " + number(bytes) + " bytes of heap; 32 a machine are allowed.");
}

TEST(Cost, ClaimsHold) {
  const Cost cost = cost_of(Order::chain_up, 64, kit::harness::seed(), false);
  if (!expect_right(cost, Order::chain_up)) return;
  kit::lens::LadderLimits limits;
  limits.largest = 12'288;  // eight sizes on either ladder
  kit::lens::hold_claims(
      kit::harness::claims_file(KIT_EXERCISE),
      {{.section = "find",
        .key = "worst time",
        .truth = "log n",
        .counted = "reads by one find, of the deepest machine after unites of equal islands",
        .column = "reads",
        .hint = "How large must an island be before one of its machines can sink once more?",
        .meter = kit::lens::count_on_ladders(
            [](std::uint64_t n) {
              return static_cast<double>(dearest_find(static_cast<std::size_t>(n)));
            },
            limits)},
       {.section = "find",
        .key = "amortised time",
        .truth = "alpha n",
        .also = {"1"},
        .counted = "reads a find, over n random unites and n finds",
        .column = "reads",
        .hint = "A deep machine does not stay deep for long.",
        .meter = kit::lens::count_on_ladders(
            [](std::uint64_t n) {
              const Cost random =
                  cost_of(Order::random, static_cast<std::size_t>(n), kit::harness::seed());
              return static_cast<double>(random.reads) / static_cast<double>(random.finds);
            },
            limits),
        .exactness = kit::lens::Exactness::averaged},
       {.section = "memory",
        .key = "space",
        .truth = "n",
        .counted = "bytes of heap for n machines",
        .column = "bytes",
        .hint = "Each machine has to remember something.",
        .meter = kit::lens::count_on_ladders(
            [](std::uint64_t n) {
              return static_cast<double>(memory_of(static_cast<std::size_t>(n)));
            },
            limits)}});
}

}  // namespace
