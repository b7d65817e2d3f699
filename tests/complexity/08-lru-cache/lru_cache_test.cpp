// Judges what the scenarios saw of an LruCache. See lru_cache_scenarios.hpp.
#include "complexity/08-lru-cache/lru_cache_scenarios.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "complexity/08-lru-cache/model.hpp"
#include "harness/report.hpp"
#include "lens/growth/bound.hpp"
#include "lens/growth/hold_claims.hpp"
#include "lens/growth/key_orders.hpp"

void kit::scenarios::about_to(std::size_t capacity, const Operation& next) {
  // What random operations do is not worth the time that it takes to say it.
  if (capacity <= 2)
    kit::harness::doing("capacity " + std::to_string(capacity) + ": " + in_words(next));
}

namespace {

using namespace kit::scenarios;
using kit::harness::fail;
using kit::harness::number;
using kit::lens::Sample;
using Kind = Operation::Kind;
using Script = std::vector<Operation>;

Operation put(int key, int value) {
  return {Kind::put, key, value};
}
Operation get(int key) {
  return {Kind::get, key};
}
Operation peek(int key) {
  return {Kind::peek, key};
}
Operation erase(int key) {
  return {Kind::erase, key};
}

bool expect_same(std::size_t capacity, const Script& script, const std::vector<Seen>& seen,
                 const std::string& why, int modulus = 1 << 30, const std::string& note = "") {
  const auto difference = first_difference(capacity, script, seen, modulus);
  if (!difference) return true;
  fail(difference->input + note, difference->story + "\n" + why);
  return false;
}

bool expect_right(std::size_t capacity, const Script& script, const std::string& why) {
  return expect_same(capacity, script, run_on_strings(capacity, script), why) &&
         expect_same(capacity, script, run_on_counted(capacity, script), why);
}

// Operations at random on keys out of twice the capacity and a bit. With faults one in eight puts
// or gets meets one.
Script random_script(std::size_t capacity, int operations, std::uint64_t seed,
                     bool faults = false) {
  kit::lens::Random random(seed);
  Script script;
  const std::size_t keys = 2 * capacity + 2;
  for (int i = 0; i < operations; ++i) {
    Operation next;
    const std::size_t what = random.below(16);
    next.kind = what < 7 ? Kind::put : what < 12 ? Kind::get : what < 14 ? Kind::peek : Kind::erase;
    next.key = static_cast<int>(random.below(keys));
    if (next.kind == Kind::put) next.value = 1 + static_cast<int>(random.below(1'000));
    if (faults && next.kind == Kind::put && random.below(4) == 0) {
      constexpr Fault kFaults[] = {Fault::value_moves, Fault::hash, Fault::allocation};
      next.fault = kFaults[random.below(3)];
      next.at = 1 + static_cast<int>(random.below(3));
      if (next.fault == Fault::hash) next.at = 1;
    }
    script.push_back(next);
  }
  return script;
}

// ---- Correct ----

TEST(Correct, EvictsTheLeastRecent) {
  expect_right(2,
               {put(1, 10), put(2, 20), put(3, 30), peek(1), peek(2), peek(3), put(4, 40), peek(2),
                peek(3), peek(4)},
               "  The cache is full, and another key comes: the one that was used longest ago\n"
               "  has to leave.");
}

TEST(Correct, GetRefreshes) {
  expect_right(2,
               {put(1, 10), put(2, 20), get(1), put(3, 30), peek(2), peek(1), peek(3), get(2),
                put(4, 40), peek(1)},
               "  A get is a use: the key that was asked for is now the most recent. One that\n"
               "  finds nothing uses nothing.");
}

TEST(Correct, PutRefreshesAndReplaces) {
  expect_right(2,
               {put(1, 10), put(2, 20), put(1, 11), peek(1), put(3, 30), peek(2), peek(1), peek(3)},
               "  A put of a key that is held replaces its value, and that is a use too.");
}

TEST(Correct, PeekDoesNot) {
  expect_right(2, {put(1, 10), put(2, 20), peek(1), put(3, 30), peek(1), peek(2), peek(3)},
               "  peek() looks, and leaves the order as it is.");
}

TEST(Correct, EraseThenReuse) {
  const std::string why =
      "  An erased key leaves its place to the next one, and the order of the others\n"
      "  stays. A key that isn't held can't be erased.";
  // The oldest, the newest, and one in the middle.
  for (const int gone : {1, 2, 3}) {
    if (!expect_right(3, {put(1, 10),    put(2, 20), put(3, 30), erase(gone), peek(gone),
                          erase(gone),   put(4, 40), peek(1),    peek(2),     peek(3),
                          peek(4),       put(5, 50), peek(1),    peek(2),     peek(3),
                          put(gone, 60), peek(1),    peek(2),    peek(3),     peek(4)},
                      why))
      return;
  }
  expect_right(2,
               {put(1, 10), put(2, 20), erase(2), erase(1), get(1), put(3, 30), put(4, 40),
                put(5, 50), peek(3), peek(4), peek(5), erase(4), erase(5), erase(5)},
               why);
}

TEST(Correct, AgreesWithAModel) {
  for (const std::size_t capacity : {2U, 3U, 7U, 64U}) {
    const Script script = random_script(capacity, 20'000, kit::harness::seed() + capacity);
    if (!expect_same(capacity, script, run_on_counted(capacity, script),
                     "  Operations at random, held against a short list.", 1 << 30,
                     ", " + kit::harness::seed_note()))
      return;
  }
}

TEST(Correct, AsksTheHashAndTheEqualThatItWasGiven) {
  const Script script = {put(1, 10),   put(2, 20), get(101), put(203, 30), peek(2), peek(301),
                         put(103, 31), peek(3),    peek(1),  erase(201),   peek(1), peek(3)};
  expect_same(2, script, run_on_counted(2, script, {.modulus = 100}),
              "  Here Eq says that two keys are the same if their last two digits are, and\n"
              "  Hash agrees. Both came with the constructor; nothing else may compare keys.",
              100);
}

// ---- Robust ----

TEST(Robust, CapacityZero) {
  expect_right(0, {get(1), put(1, 10), peek(1), get(1), put(2, 20), put(2, 21), get(2), erase(2)},
               "  It has room for nothing: a put does nothing, and a get finds nothing.");
}

TEST(Robust, CapacityOne) {
  expect_right(1,
               {put(1, 10), get(1), put(1, 11), get(1), put(2, 20), peek(1), get(2), erase(1),
                erase(2), get(2), put(3, 30), get(3), put(4, 40), get(4), peek(3)},
               "  With one entry the oldest is the newest: each new key takes its place.");
}

TEST(Robust, CollidingKeys) {
  for (const std::size_t capacity : {3U, 16U}) {
    const Script script = random_script(capacity, 4'000, kit::harness::seed());
    if (!expect_same(capacity, script, run_on_counted(capacity, script, {.collide = true}),
                     "  Here Hash gives 7 for each key. That may be slow; it must still be right.",
                     1 << 30, ", " + kit::harness::seed_note()))
      return;
  }
}

TEST(Robust, ThrowingValueEvictsNothing) {
  const std::string why =
      "  A put that throws has changed nothing: no key has left, none has come, and\n"
      "  the order is as it was. What may throw (Hash, the value's move, the heap)\n"
      "  has to happen before anything is let go of.";
  // First alone, where the story is short.
  for (const Fault fault : {Fault::value_moves, Fault::hash, Fault::allocation}) {
    // Of Hash the contract lets the first call throw.
    const int last = fault == Fault::hash ? 1 : 3;
    for (int at = 1; at <= last; ++at) {
      const Script full = {put(1, 10), put(2, 20), {Kind::put, 3, 30, fault, at},
                           peek(1),    peek(2),    peek(3)};
      const Script replaced = {put(1, 10), put(2, 20), {Kind::put, 1, 11, fault, at},
                               peek(1),    peek(2),    put(3, 30),
                               peek(1),    peek(2)};
      const Script growing = {put(1, 10), {Kind::put, 2, 20, fault, at},
                              peek(1),    peek(2),
                              put(3, 30), peek(1),
                              peek(3),    put(4, 40),
                              peek(1),    peek(3)};
      for (const Script& script : {full, replaced, growing}) {
        if (!expect_same(2, script, run_on_counted(2, script), why)) return;
      }
    }
  }
  for (const std::size_t capacity : {1U, 3U, 8U}) {
    const Script script = random_script(capacity, 4'000, kit::harness::seed(), true);
    if (!expect_same(capacity, script, run_on_counted(capacity, script), why, 1 << 30,
                     ", " + kit::harness::seed_note()))
      return;
  }
}

TEST(Robust, NeverCopiesAValue) {
  const Script script = random_script(7, 1'000, kit::harness::seed());
  const std::vector<Seen> seen = run_on_counted(7, script);
  if (!expect_same(7, script, seen, "  The wrong entries, so that their copies say little."))
    return;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (seen[i].copies == 0) continue;
    fail("capacity 7: " + in_words(script[i]),
         "  expected   no copy of a value\n  seen       " + number(seen[i].copies) + "\n\n" +
             operations_before(script, seen, i) +
             "\n  V need only be movable: with std::unique_ptr this would not compile, and a\n"
             "  copy of a large value costs what the cache was meant to save.");
    return;
  }
}

TEST(Robust, ValuesThatLeftAreGone) {
  const Script script = random_script(7, 1'000, kit::harness::seed());
  const std::vector<Seen> seen = run_on_counted(7, script);
  if (!expect_same(7, script, seen, "  The wrong entries, so that their values say little."))
    return;
  for (std::size_t i = 0; i < seen.size(); ++i) {
    if (seen[i].held == static_cast<std::int64_t>(seen[i].size)) continue;
    fail("capacity 7: " + in_words(script[i]),
         "  expected   " + std::to_string(seen[i].size) +
             " values with something in them, as many as size()\n  seen       " +
             number(seen[i].held) + "\n\n" + operations_before(script, seen, i) +
             "\n  A value may hold a file or a gigabyte. When its key has left, it has to be\n"
             "  destroyed or assigned over, not when its place is needed again.");
    return;
  }
}

// ---- Cost ----

constexpr int kAsked = 4'000;

const std::vector<Warm>& warm_runs() {
  static const std::vector<Warm> runs = [] {
    std::vector<Warm> out;
    for (std::size_t capacity = 64; capacity <= 4'096; capacity *= 4) {
      out.push_back(warm_run(capacity, kAsked, kit::harness::seed()));
      const auto steps = [](const Warm& warm) {
        return static_cast<double>(warm.steps) /
               static_cast<double>(std::max<std::int64_t>(warm.operations, 1));
      };
      // A cache that is twice as slow already has said all it has to say.
      if (!out.back().right || out.back().stopped || steps(out.back()) > 2 * steps(out.front()))
        break;
    }
    return out;
  }();
  return runs;
}

std::string capacity_of(const Warm& warm) {
  return "capacity " + number(static_cast<std::int64_t>(warm.capacity));
}

bool expect_right(const Warm& warm) {
  if (!warm.right) {
    fail(capacity_of(warm) + ", " + number(std::int64_t{kAsked}) + " keys asked for and put, " +
             kit::harness::seed_note(),
         "  It does not hold what it should, so that its cost says nothing.");
  }
  return warm.right;
}

TEST(Cost, NoAllocationOnceWarm) {
  const Warm& warm = warm_runs().front();
  if (!expect_right(warm)) return;
  kit::harness::expect_within(
      {.lens = "growth",
       .key = "allocations once warm",
       .measured = static_cast<double>(warm.blocks),
       .limit = 0,
       .unit = "allocations"},
      capacity_of(warm) + ": " + number(warm.gets) + " gets and " + number(warm.puts) +
          " puts, after 512 keys have been put",
      "  expected   nothing asked of the heap\n  seen       " + number(warm.blocks) +
          " allocations\n\n"
          "  The cache is full: for each entry that comes one leaves, and its memory is\n"
          "  what the new one needs. The heap has locks and slow days; a hot path has not.");
}

TEST(Cost, StepsDoNotFollowTheCapacity) {
  std::vector<Sample> samples;
  for (const Warm& warm : warm_runs()) {
    if (!expect_right(warm)) return;
    samples.push_back(
        {warm.capacity, static_cast<double>(warm.steps) /
                            static_cast<double>(std::max<std::int64_t>(warm.operations, 1))});
  }
  // A single size would be compared with itself.
  if (warm_runs().front().stopped) {
    fail(capacity_of(warm_runs().front()),
         "  more than 5,000 steps for one get or put, and still more than that later.");
    return;
  }
  kit::lens::expect_level(
      samples,
      {.factor = 1.5,
       .f = {"1", [](double) { return 1.0; }},
       .what = "steps",
       .ratio = "an operation",
       .input = "steps (basic blocks of your code) a get or put at capacity n, warmed up with 8n "
                "new keys",
       .why = "  Whatever is walked through, searched or moved for each operation must not\n"
              "  get longer with the cache: neither the order nor the table, nor what erased\n"
              "  entries leave behind in it."});
}

TEST(Cost, FewHashCalls) {
  const Warm& warm = warm_runs().front();
  if (!expect_right(warm)) return;
  kit::harness::expect_within(
      {.lens = "growth",
       .key = "calls of Hash by one operation",
       .measured = static_cast<double>(warm.most_hashes),
       .limit = 3,
       .unit = "calls"},
      capacity_of(warm) + ", full; " + number(warm.operations) + " gets and puts",
      "  " + number(warm.most_hashes) +
          " calls of Hash by one operation; 3 are allowed: to look for the key, to\n"
          "  take the old one out, to put the new one in.\n\n"
          "  Hashing a long string costs more than all the rest. Keep the number, or the\n"
          "  place that it led to, instead of asking again.");
}

TEST(Cost, MemoryFollowsTheCapacity) {
  for (const std::size_t capacity : {1'000U, 1'500U}) {
    const Memory memory = memory_of(capacity);
    const std::string input = "capacity " + number(static_cast<std::int64_t>(capacity)) + ", full";
    if (!memory.right) {
      fail(input, "  It does not hold what it should, so that its memory says nothing.");
      return;
    }
    const double an_entry = static_cast<double>(memory.bytes) / static_cast<double>(capacity);
    if (!kit::harness::expect_within(
            {.lens = "growth",
             .key = "heap bytes an entry, capacity " + std::to_string(capacity),
             .measured = an_entry,
             .limit = static_cast<double>(256 + memory.payload),
             .unit = "bytes"},
            input,
            "  " + number(memory.bytes) + " bytes of heap, " + number(an_entry, 0) + " an entry; " +
                number(256 + memory.payload) + " are allowed, " + number(memory.payload) +
                " of them for key and\n  value.\n\n"
                "  Memory that the cache takes for itself it can't use for entries."))
      return;
  }
}

double mean(std::int64_t total, std::int64_t count) {
  return static_cast<double>(total) / static_cast<double>(std::max<std::int64_t>(count, 1));
}

TEST(Cost, ClaimsHold) {
  if (!expect_right(warm_runs().front())) return;
  kit::lens::LadderLimits limits;
  limits.start = 32;
  limits.largest = 6'144;
  kit::lens::LadderLimits short_limits;
  short_limits.start = 8;
  short_limits.largest = 1'536;
  std::map<std::uint64_t, Warm> runs;  // of gets and puts together: two claims look at each
  const auto warm = [&](std::uint64_t n) {
    if (!runs.contains(n))
      runs[n] = warm_run(static_cast<std::size_t>(n), 1'000, kit::harness::seed(), 1);
    return runs[n];
  };
  const std::string hint = "Does it matter to one entry how many others there are?";
  kit::lens::hold_claims(
      kit::harness::claims_file(KIT_EXERCISE),
      {{.section = "get",
        .key = "expected time",
        .truth = "1",
        .counted = "steps a get of a random key, capacity n",
        .column = "steps",
        .hint = hint,
        .meter = kit::lens::count_on_ladders(
            [&](std::uint64_t n) {
              const Warm run = warm(n);
              return mean(run.get_steps, run.gets);
            },
            limits),
        .exactness = kit::lens::Exactness::averaged},
       {.section = "get",
        .key = "worst time",
        .truth = "n",
        .counted = "calls of Eq by the dearest get, if Hash gives 7 for each of n keys",
        .column = "calls",
        .hint = "If Hash says the same of all keys, what is left to tell them apart?",
        .meter = kit::lens::count_on_ladders(
            [](std::uint64_t n) {
              return static_cast<double>(dearest_colliding_get(static_cast<std::size_t>(n)));
            },
            short_limits)},
       {.section = "put",
        .key = "expected time",
        .truth = "1",
        .counted = "steps a put of a new key, full cache of capacity n",
        .column = "steps",
        .hint = hint,
        .meter = kit::lens::count_on_ladders(
            [&](std::uint64_t n) {
              const Warm run = warm(n);
              return mean(run.put_steps, run.puts);
            },
            limits),
        .exactness = kit::lens::Exactness::averaged},
       {.section = "memory",
        .key = "space",
        .truth = "n",
        .counted = "bytes of heap of a full cache of capacity n",
        .column = "bytes",
        .hint = "Every key that is held has to be somewhere.",
        .meter = kit::lens::count_on_ladders(
            [](std::uint64_t n) {
              return static_cast<double>(memory_of(static_cast<std::size_t>(n)).bytes);
            },
            {.start = 64, .largest = 1 << 13})}});
}

}  // namespace
