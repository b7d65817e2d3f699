// The suite of cache/07-cache-simulator: examples by hand, seeded traces against a model, and what
// an access costs.
#include "simulator.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "cache/07-cache-simulator/model.hpp"
#include "harness/report.hpp"
#include "lens/cache/cache.hpp"
#include "lens/growth/allocations.hpp"

namespace {

using kit::Access;
using kit::CacheStats;
using kit::Geometry;
using kit::harness::doing;
using kit::harness::expect_within;
using kit::harness::fail;
using kit::harness::number;
using Trace = std::vector<Access>;

std::string n(std::uint64_t count) {
  return number(static_cast<std::int64_t>(count));
}

std::string name(const Geometry& g) {
  return n(g.sets) + (g.sets == 1 ? " set of " : " sets of ") + n(g.ways) +
         (g.ways == 1 ? " way" : " ways") + ", lines of " + n(g.line);
}

std::string text(const Access& a) {
  return std::string(1, a.op) + " " + std::to_string(a.address) + "," + std::to_string(a.size);
}

std::string text(const CacheStats& s) {
  return n(s.hits) + " hits, " + n(s.misses) + " misses, " + n(s.evictions) + " evictions, " +
         n(s.write_backs) + " write-backs";
}

// The fewest first accesses after which the two disagree.
std::size_t first_wrong(const Geometry& g, std::span<const Access> trace) {
  std::size_t low = 0, high = trace.size();  // right after low, wrong after high
  while (high - low > 1) {
    const std::size_t middle = low + (high - low) / 2;
    const auto part = trace.first(middle);
    (kit::simulate(g, part) == kit::tests::model(g, part) ? low : high) = middle;
  }
  return high;
}

bool is_right(const Geometry& g, const Trace& trace, const std::string& what) {
  const std::string input = name(g) + ": " + what;
  doing(input);
  const CacheStats seen = kit::simulate(g, trace);
  const CacheStats right = kit::tests::model(g, trace);
  if (seen == right) return true;
  std::string story = "  is         " + text(seen) + "\n  should be  " + text(right);
  if (!trace.empty()) {
    const std::size_t at = first_wrong(g, trace);
    const auto part = std::span(trace).first(at);
    const std::size_t shown = std::min<std::size_t>(at, 5);
    story += "\n\n  It is right until the access number " + n(at) +
             ". The last of them, as op\n"
             "  address,size:\n    ";
    for (std::size_t i = at - shown; i < at; ++i) story += text(trace[i]) + "   ";
    const std::uint64_t last = trace[at - 1].address / g.line;
    story += "\n  That one begins in line " + std::to_string(last) + ", which belongs to set " +
             std::to_string(last % g.sets) + ". After it:\n    is         " +
             text(kit::simulate(g, part)) + "\n    should be  " + text(kit::tests::model(g, part));
  }
  fail(input, story);
  return false;
}

// ---- Correct

TEST(Correct, TwoWays) {
  is_right({1, 2, 16}, {{'L', 0, 1}, {'S', 16, 1}, {'L', 5, 1}, {'L', 32, 1}, {'L', 16, 1}},
           "L 0, S 16, L 5, L 32, L 16");
}

TEST(Correct, ThreeSets) {
  is_right({3, 1, 16}, {{'L', 0, 1}, {'L', 48, 1}, {'L', 16, 1}, {'L', 32, 1}},
           "L 0, L 48, L 16, L 32");
}

TEST(Correct, TwoLines) {
  is_right({2, 1, 16}, {{'S', 12, 8}, {'L', 0, 1}}, "S 12 of 8 bytes, then L 0 of 1");
}

// Some lines often, others seldom; a third are stores; up to 16 bytes, so that some straddle.
Trace random_trace(std::size_t accesses, std::uint64_t bytes, std::uint64_t seed,
                   std::uint32_t most = 16) {
  std::mt19937_64 random(kit::harness::seed() + seed);
  Trace trace(accesses);
  for (Access& a : trace) {
    const std::uint64_t range = random() % 4 == 0 ? 16 * bytes : bytes;
    a = {random() % 3 == 0 ? 'S' : 'L', random() % range,
         static_cast<std::uint32_t>(1 + random() % most)};
  }
  return trace;
}

TEST(Correct, EqualsTheModel) {
  const Geometry all[] = {{1, 1, 16},  {1, 2, 16}, {64, 1, 16}, {64, 2, 64}, {64, 8, 64},
                          {1, 64, 64}, {3, 2, 16}, {12, 4, 64}, {5, 3, 48}};
  for (const Geometry& g : all) {
    const std::uint64_t bytes = g.sets * g.ways * g.line;
    const Trace trace = random_trace(10'000, bytes * 5 / 4, bytes);
    if (!is_right(g, trace, "10,000 random accesses, " + kit::harness::seed_note())) return;
  }
}

// ---- Robust

TEST(Robust, SpansLines) {
  const Geometry g{4, 2, 64};
  for (const std::uint32_t size : {0U, 1U, 8U, 64U, 65U, 200U}) {
    for (std::uint64_t offset = 0; offset < 64; ++offset) {
      const Trace trace = {{'S', 640 + offset, size},
                           {'L', 640, 200},
                           {'L', 2'000, 64},
                           {'S', 640 + offset, size},
                           {'L', 4'000 + offset, size}};
      if (!is_right(
              g, trace,
              "accesses of " + n(size) + " bytes, " + n(offset) + " behind the begin of a line")) {
        return;
      }
    }
  }
}

TEST(Robust, AddressesNear2To64) {
  constexpr std::uint64_t kLast = ~std::uint64_t{0};
  for (const Geometry& g : {Geometry{4, 2, 64}, Geometry{3, 2, 48}, Geometry{2, 2, 1}}) {
    const Trace trace = {{'S', kLast, 1},       {'L', kLast - 7, 8},  {'L', kLast - 63, 64},
                         {'S', kLast - 64, 65}, {'L', kLast - 99, 8}, {'L', 63, 1},
                         {'L', kLast, 1}};
    if (!is_right(g, trace, "the last 100 bytes below 2^64")) return;
  }
  // As many lines as have the same low 32 bits.
  Trace far;
  for (std::uint64_t k = 0; k < 40; ++k) far.push_back({'S', (k % 5) << 40, 4});
  is_right({8, 2, 64}, far, "five lines that are multiples of 2^40 apart");
}

TEST(Robust, NoAccesses) {
  if (!is_right({64, 8, 64}, {}, "no accesses at all")) return;
  if (!is_right({1, 1, 1}, {{'L', 7, 3}, {'S', 9, 1}, {'L', 8, 2}}, "three accesses")) return;
  is_right({64, 8, 64}, {{'S', 100, 0}, {'L', 0, 0}, {'L', 1, 1}}, "two of size 0 and one of 1");
}

// ---- Cost

constexpr Geometry kL1{64, 8, 64};

// Three of four accesses to 600 lines, the others to 200,000; within a line.
Trace graded_trace(std::size_t accesses) {
  std::mt19937_64 random(20'260'101);
  Trace trace(accesses);
  for (Access& a : trace) {
    const std::uint64_t line = random() % 4 != 0 ? random() % 600 : random() % 200'000;
    a = {random() % 3 == 0 ? 'S' : 'L', 64 * line + 8 * (random() % 8), 8};
  }
  return trace;
}

const kit::lens::CacheRegion kFiftyThousand("50,000 accesses", [](const kit::lens::Count& count) {
  const Trace trace = graded_trace(50'000);
  CacheStats seen;
  count([&] { seen = kit::simulate(kL1, trace); });
  const CacheStats right = kit::tests::model(kL1, trace);
  return seen == right ? std::string()
                       : "  is         " + text(seen) + "\n  should be  " + text(right);
});

TEST(Cost, InstructionsAnAccess) {
  const auto counts = kit::lens::cache_counts("50,000 accesses");
  if (!counts) return;
  const double each = static_cast<double>(counts->instructions) / 50'000;
  expect_within(
      {.lens = "cache", .key = "instructions", .measured = each, .limit = 600, .unit = "an access"},
      name(kL1) + ": 50,000 accesses, three quarters of them to 600 lines",
      "  " + number(counts->instructions) + " instructions, " + number(each, 0) +
          " an access; at most 600 are allowed. A set has 8\n"
          "  lines: to look at all of them and to move them takes some 150. More goes into\n"
          "  something that doesn't stay within the set, or grows with the trace.");
}

TEST(Cost, Memory) {
  constexpr std::int64_t kBound = 128 * 64 * 8 + 4096;
  for (const std::size_t accesses : {std::size_t{2'000}, std::size_t{20'000}}) {
    const Trace trace = graded_trace(accesses);
    const std::string input = name(kL1) + ": " + n(accesses) + " accesses";
    doing(input);
    CacheStats seen;
    std::int64_t peak = 0;
    {
      const kit::lens::CountAllocations count;
      seen = kit::simulate(kL1, trace);
      peak = count.peak_bytes();
    }
    const CacheStats right = kit::tests::model(kL1, trace);
    if (seen != right) {
      return fail(input, "  is         " + text(seen) + "\n  should be  " + text(right));
    }
    if (!expect_within(
            {.lens = "growth",
             .key = "bytes for " + n(accesses),
             .measured = static_cast<double>(peak),
             .limit = static_cast<double>(kBound),
             .unit = "bytes"},
            input,
            "  It asks the heap for " + number(peak) +
                " bytes at once. The cache has 512 lines, and\n"
                "  128 bytes for each and 4 KiB are allowed: " +
                number(kBound) +
                ". What is kept must\n  depend on the cache, not on what was ever in it.")) {
      return;
    }
  }
}

}  // namespace
