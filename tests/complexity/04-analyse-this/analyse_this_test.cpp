// The claims about twelve functions, each held against what was counted and against the proof.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "complexity/04-analyse-this/meters.hpp"
#include "harness/report.hpp"
#include "lens/growth/hold_claims.hpp"

namespace {

using namespace kit::lens;
using namespace kit::meters;

// All that is asked. The tests below judge a section each.
const AskedClaims kAsked = {
    {"pairs", {"time", "space"}},
    {"halve", {"time", "space"}},
    {"multiples", {"time", "space"}},
    {"growing_strides", {"time", "space"}},
    {"rabbits", {"time", "space"}},
    {"rabbits_noted", {"time", "space"}},
    {"copies_of_x", {"time", "space"}},
    {"count_primes", {"time", "space"}},
    {"insertion_sort", {"best time", "worst time", "average time", "space"}},
    {"two_pointers", {"time", "space"}},
    {"power", {"time", "space"}},
    {"how_many_found", {"time", "space"}}};

void hold(const std::vector<ClaimTruth>& truths) {
  hold_some_claims(kit::harness::claims_file(KIT_EXERCISE), truths, kAsked);
}

ClaimTruth time_of(const std::string& function, const std::string& truth, const std::string& on,
                   const std::string& hint) {
  return {.section = function,
          .key = "time",
          .truth = truth,
          .counted = "steps of " + function + on,
          .column = "steps",
          .hint = hint};
}

ClaimTruth space_of(const std::string& function, const std::string& truth, const std::string& on,
                    const std::string& hint) {
  return {.section = function,
          .key = "space",
          .truth = truth,
          .counted = "bytes of heap and stack alive at once in " + function + on,
          .column = "bytes",
          .hint = hint};
}

const LadderLimits kLinear = {.largest = std::uint64_t{1} << 20, .budget = 1 << 24};
const LadderLimits kSquare = {.start = 16, .largest = 4'096, .budget = 1 << 24};
const LadderLimits kDeep = {.largest = 1 << 14, .budget = 1e12};  // as deep as a stack allows

Ladders steps(Function function, const LadderLimits& limits) {
  return count_on_ladders(
      [=](std::uint64_t n) { return static_cast<double>(cost_of(function, n).steps); }, limits);
}

Ladders space(Function function, const LadderLimits& limits) {
  cost_of(function, 4);  // the first calls of anything go deeper
  return count_on_ladders(
      [=](std::uint64_t n) { return static_cast<double>(cost_of(function, n).space()); }, limits);
}

constexpr const char* kAliveAtOnce =
    "Space is what is alive at once. Which variables, which blocks of the heap,\n"
    "and which calls that wait for another one?";

TEST(Correct, EveryLineIsAnswered) {
  hold_answers(kit::harness::claims_file(KIT_EXERCISE), kAsked);
}

TEST(Correct, ClaimsOfPairs) {
  ClaimTruth time =
      time_of("pairs", "n^2", "(n)", "Add up: 0 + 1 + 2 + ... turns of the inner loop.");
  time.meter = steps(Function::pairs, kSquare);
  ClaimTruth room = space_of("pairs", "1", "(n)", kAliveAtOnce);
  room.meter = space(Function::pairs, kSquare);
  hold({time, room});
}

TEST(Correct, ClaimsOfHalve) {
  const LadderLimits far = {.ratio = 4, .largest = std::uint64_t{1} << 40};
  ClaimTruth time = time_of("halve", "log n", "(n)", "How much is left of n after ten turns?");
  time.meter = steps(Function::halve, far);
  ClaimTruth room = space_of("halve", "1", "(n)", kAliveAtOnce);
  room.meter = space(Function::halve, far);
  hold({time, room});
}

TEST(Correct, ClaimsOfMultiples) {
  ClaimTruth time = time_of("multiples", "n log n", "(n)",
                            "Add up the turns of the inner loop for i = 1, 2, 3, ..., n.");
  time.meter = steps(Function::multiples, kLinear);
  ClaimTruth room = space_of("multiples", "1", "(n)", kAliveAtOnce);
  room.meter = space(Function::multiples, kLinear);
  hold({time, room});
}

TEST(Correct, ClaimsOfGrowingStrides) {
  ClaimTruth time = time_of("growing_strides", "n", "(n)",
                            "Add up all turns: 1 + 2 + 4 + ... How does the last compare with the\n"
                            "sum of all before it?");
  time.meter = steps(Function::growing_strides, kLinear);
  ClaimTruth room = space_of("growing_strides", "1", "(n)", kAliveAtOnce);
  room.meter = space(Function::growing_strides, kLinear);
  hold({time, room});
}

TEST(Correct, ClaimsOfRabbits) {
  const auto at = [](std::uint64_t n) { return cost_of(Function::rabbits, n); };
  ClaimTruth time = time_of("rabbits", "c^n", "(n)", "How many calls does one more in n bring?");
  time.meter = ExponentialLadder{count_on_exponential_ladder(
      [&](std::uint64_t n) { return static_cast<double>(at(n).steps); })};
  // Two ladders of small steps: more than 26 takes too long.
  at(4);
  Ladders bytes;
  for (std::uint64_t n = 4; n <= 24; n += 2) {
    bytes.powers.push_back({n, static_cast<double>(at(n).space())});
    bytes.threes.push_back({n + 1, static_cast<double>(at(n + 1).space())});
  }
  ClaimTruth room =
      space_of("rabbits", "n", "(n)",
               "A call that has returned is gone. Which calls wait for another one, when\n"
               "the deepest is reached?");
  room.meter = bytes;
  hold({time, room});
}

TEST(Correct, ClaimsOfRabbitsNoted) {
  ClaimTruth time = time_of("rabbits_noted", "n", "(n, n + 1 zeros)",
                            "How often is one entry of the table computed, and what does it ask?");
  time.meter = steps(Function::rabbits_noted, kDeep);
  ClaimTruth room = space_of("rabbits_noted", "n", "(n, n + 1 zeros)", kAliveAtOnce);
  room.meter = space(Function::rabbits_noted, kDeep);
  hold({time, room});
}

TEST(Correct, ClaimsOfCopiesOfX) {
  const LadderLimits middle = {.start = 16, .largest = 4'096, .budget = 1e12};
  ClaimTruth time =
      time_of("copies_of_x", "n^2", "(n)", "What does turn i copy? Add it up for all turns.");
  time.meter = steps(Function::copies_of_x, kSquare);
  ClaimTruth room = space_of("copies_of_x", "n", "(n)",
                             "How many strings are alive at once, and how long is each?");
  room.meter = space(Function::copies_of_x, middle);
  hold({time, room});
}

TEST(Correct, ClaimsOfCountPrimes) {
  ClaimTruth time =
      time_of("count_primes", "n log log n", "(n)",
              "For which i does the inner loop run at all? n/2 + n/3 + n/5 + n/7 + n/11\n"
              "+ ...: fewer terms than n/2 + n/3 + n/4 + n/5 + ...");
  time.meter = steps(Function::count_primes, kLinear);
  ClaimTruth room = space_of("count_primes", "n", "(n)", kAliveAtOnce);
  room.meter = space(Function::count_primes, kLinear);
  hold({time, room});
}

TEST(Correct, ClaimsOfInsertionSort) {
  const auto sorting = [](const char* key, const char* truth, const char* on, const char* hint) {
    ClaimTruth time = time_of("insertion_sort", truth, on, hint);
    time.key = key;
    return time;
  };
  const auto counted = [](SortOrder order, const LadderLimits& limits) {
    return count_on_ladders(
        [=](std::uint64_t n) { return static_cast<double>(cost_of_sorting(order, n).steps); },
        limits);
  };
  ClaimTruth best = sorting("best time", "n", " on n ascending numbers",
                            "How often does the inner loop run when all is in order already?");
  best.meter = counted(SortOrder::ascending, kLinear);
  ClaimTruth worst =
      sorting("worst time", "n^2", " on n descending numbers", "How far does element i travel?");
  worst.meter = counted(SortOrder::descending, kSquare);
  ClaimTruth average =
      sorting("average time", "n^2", " on n numbers in random order, four seeds",
              "How far does element i travel on average? How many of those before\n"
              "it are larger?");
  average.meter = count_on_ladders(mean_steps_of_sorting, kSquare);
  average.exactness = Exactness::averaged;
  ClaimTruth room = space_of("insertion_sort", "1", " on n descending numbers", kAliveAtOnce);
  cost_of_sorting(SortOrder::descending, 4);
  room.meter = count_on_ladders(
      [](std::uint64_t n) {
        return static_cast<double>(cost_of_sorting(SortOrder::descending, n).space());
      },
      kSquare);
  hold({best, worst, average, room});
}

TEST(Correct, ClaimsOfTwoPointers) {
  ClaimTruth time =
      time_of("two_pointers", "n", " on n random digits (seed n), limit 100",
              "Look at how often j can move in the whole run, not in one turn of the\n"
              "outer loop.");
  time.meter = count_on_ladders(
      [](std::uint64_t n) { return static_cast<double>(cost_of_two_pointers(n).steps); }, kLinear);
  ClaimTruth room = space_of("two_pointers", "1", " on n random digits", kAliveAtOnce);
  cost_of_two_pointers(4);
  room.meter = count_on_ladders(
      [](std::uint64_t n) { return static_cast<double>(cost_of_two_pointers(n).space()); },
      kLinear);
  hold({time, room});
}

TEST(Correct, ClaimsOfPower) {
  ClaimTruth time =
      time_of("power", "n", "(3, n)",
              "Into how many calls does one call part? How many are there on the level\n"
              "below, and below that?");
  time.meter = steps(Function::power, kLinear);
  ClaimTruth room =
      space_of("power", "log n", "(3, n)",
               "How deep is the stack when the deepest call is reached? The second half\n"
               "begins when the first has returned.");
  room.meter = space(Function::power, kLinear);
  hold({time, room});
}

TEST(Correct, ClaimsOfHowManyFound) {
  const auto counted = [](bool of_space) {
    return count_in_two("n", "k",
                        [=](std::uint64_t n, std::uint64_t k) {
                          const Cost cost = cost_of_finding(n, k);
                          return static_cast<double>(of_space ? cost.space() : cost.steps);
                        },
                        {.fixed_y = 64,
                         .fixed_x = 1'024,
                         .along_x = {.largest = std::uint64_t{1} << 20},
                         .along_y = {.largest = 1 << 16},
                         .together = LadderLimits{.largest = 1 << 16}});
  };
  ClaimTruth time = time_of("how_many_found", "k log n", "",
                            "What does one of the searches cost, and how many are there?");
  time.variables = {"n", "k"};
  time.meter = counted(false);
  cost_of_finding(4, 4);
  ClaimTruth room = space_of("how_many_found", "1", "", kAliveAtOnce);
  room.variables = {"n", "k"};
  room.meter = counted(true);
  hold({time, room});
}

}  // namespace
