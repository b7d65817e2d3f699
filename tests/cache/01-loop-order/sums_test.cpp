// The suite of cache/01-loop-order: both sums right for any shape, and each line of memory about
// once.
#include "sums.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <vector>

#include "harness/report.hpp"
#include "lens/cache/cache.hpp"
#include "lens/growth/allocations.hpp"
#include "lens/trace/miss_map.hpp"
#include "lens/trace/trace.hpp"

namespace {

using kit::harness::doing;
using kit::harness::fail;
using kit::harness::number;
using kit::lens::CacheCounts;
using kit::lens::LineCost;

constexpr std::int64_t kJunk = 0x5a5a5a5a5a5a5a5a;

std::string n(std::size_t count) {
  return number(static_cast<std::int64_t>(count));
}

std::string shape(std::size_t rows, std::size_t cols) {
  return std::to_string(rows) + " x " + std::to_string(cols);
}

/// Numbers of both signs, different from their neighbours.
std::int32_t value(std::size_t r, std::size_t c) {
  return static_cast<std::int32_t>((r * 7919 + c * 104'729) % 1'999) - 999;
}

// Empty if both sums are right; else the first that isn't.
template <class Value>
std::string first_difference(std::size_t rows, std::size_t cols, Value value_at,
                             std::span<const std::int64_t> row_sums,
                             std::span<const std::int64_t> col_sums) {
  std::vector<std::int64_t> by_row(rows), by_col(cols);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < cols; ++c) {
      by_row[r] += value_at(r, c);
      by_col[c] += value_at(r, c);
    }
  }
  const auto compare = [](const char* name, std::span<const std::int64_t> seen,
                          const std::vector<std::int64_t>& expected) -> std::string {
    std::size_t wrong = 0, first = 0;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (seen[i] == expected[i]) continue;
      if (wrong++ == 0) first = i;
    }
    if (wrong == 0) return "";
    return "  " + n(wrong) + " of " + n(expected.size()) + " " + name + " are wrong. The first:\n" +
           "    " + name + "[" + n(first) + "]  is         " +
           (seen[first] == kJunk ? "as it was, never written" : number(seen[first])) + "\n    " +
           std::string(std::string(name).size() + n(first).size() + 2, ' ') + "  should be  " +
           number(expected[first]);
  };
  const std::string rows_story = compare("row_sums", row_sums, by_row);
  return rows_story.empty() ? compare("col_sums", col_sums, by_col) : rows_story;
}

// Sums one table, and fails if a sum is wrong or something beside the outputs was written.
template <class Value>
bool is_right(std::size_t rows, std::size_t cols, Value value_at, std::int64_t junk = 0,
              const std::string& what = "") {
  constexpr std::size_t kGuard = 8;
  std::vector<std::int32_t> a(rows * cols);
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < cols; ++c) a[r * cols + c] = value_at(r, c);
  }
  std::vector<std::int64_t> row_sums(rows + kGuard, kJunk), col_sums(cols + kGuard, kJunk);
  std::fill_n(row_sums.begin(), rows, junk);
  std::fill_n(col_sums.begin(), cols, junk);
  const std::string input = shape(rows, cols) + what;
  doing(input);
  kit::row_and_column_sums(a, rows, cols, std::span(row_sums).first(rows),
                           std::span(col_sums).first(cols));
  const std::string difference = first_difference(rows, cols, value_at, row_sums, col_sums);
  if (!difference.empty()) {
    fail(input, difference);
    return false;
  }
  const bool beside =
      std::any_of(row_sums.begin() + static_cast<std::ptrdiff_t>(rows), row_sums.end(),
                  [](std::int64_t guard) { return guard != kJunk; }) ||
      std::any_of(col_sums.begin() + static_cast<std::ptrdiff_t>(cols), col_sums.end(),
                  [](std::int64_t guard) { return guard != kJunk; });
  if (beside) {
    fail(input, "  Both sums are right, but something behind the end of an output was written.");
  }
  return !beside;
}

// ---- Correct

TEST(Correct, TwoByThree) {
  is_right(
      2, 3, [](std::size_t r, std::size_t c) { return static_cast<std::int32_t>(3 * r + c + 1); },
      0, ": 1 2 3 and 4 5 6");
}

TEST(Correct, BothSums) {
  for (std::size_t rows = 1; rows <= 40; ++rows) {
    for (std::size_t cols = 1; cols <= 40; ++cols) {
      if (!is_right(rows, cols, value)) return;
    }
  }
  if (is_right(1000, 37, value)) is_right(37, 1000, value);
}

TEST(Correct, OverwritesOutputs) {
  for (const std::int64_t junk : {std::int64_t{1}, kJunk}) {
    if (!is_right(5, 7, value, junk, ", both outputs full of " + number(junk) + " at entry"))
      return;
  }
}

TEST(Correct, DoesNotOverflow) {
  const auto most = [](std::size_t, std::size_t) { return std::int32_t{0x7fffffff}; };
  const auto least = [](std::size_t, std::size_t) { return -0x7fffffff - 1; };
  if (is_right(9, 5, most, 0, ", 2^31 - 1 everywhere")) {
    is_right(9, 5, least, 0, ", -2^31 everywhere");
  }
}

// ---- Robust

TEST(Robust, EmptyAndOneByN) {
  const std::string junk = ", the outputs full of junk at entry";
  for (const auto [rows, cols] : {std::array<std::size_t, 2>{0, 5}, {5, 0}, {0, 0}}) {
    if (!is_right(rows, cols, value, kJunk, junk)) return;
  }
  for (std::size_t k = 1; k <= 100; ++k) {
    if (!is_right(1, k, value, kJunk, junk) || !is_right(k, 1, value, kJunk, junk)) return;
  }
}

// ---- Cost

constexpr double kMissBound = 1.10;

struct Shape {
  std::size_t rows, cols;
  std::string name() const { return shape(rows, cols); }
  static std::int64_t lines(std::size_t bytes) {
    return static_cast<std::int64_t>((bytes + 63) / 64);
  }
  std::int64_t lines_of_a() const { return lines(4 * rows * cols); }
  std::int64_t least() const { return lines_of_a() + lines(8 * rows) + lines(8 * cols); }
};
const std::array<Shape, 3> kShapes = {{{1024, 1024}, {1000, 1000}, {65'536, 64}}};

/// Memory for the largest shape, each array at the begin of a page.
struct Arrays {
  std::span<std::int32_t> a;
  std::span<std::int64_t> row_sums, col_sums;

  static Arrays of(const Shape& s) {
    constexpr std::size_t kRoom = std::size_t{65'536} * 64 * 4;
    static std::byte* const all =
        static_cast<std::byte*>(std::aligned_alloc(4096, kRoom + (2 << 20)));
    Arrays arrays{{reinterpret_cast<std::int32_t*>(all), s.rows * s.cols},
                  {reinterpret_cast<std::int64_t*>(all + kRoom), s.rows},
                  {reinterpret_cast<std::int64_t*>(all + kRoom + (1 << 20)), s.cols}};
    for (std::size_t i = 0; i < arrays.a.size(); ++i) arrays.a[i] = value(i / s.cols, i % s.cols);
    std::ranges::fill(arrays.row_sums, kJunk);
    std::ranges::fill(arrays.col_sums, kJunk);
    return arrays;
  }
};

const auto kRegions = [] {
  for (const Shape& s : kShapes) {
    kit::lens::CacheRegion(s.name(), [s](const kit::lens::Count& count) {
      const Arrays all = Arrays::of(s);
      count([&] { kit::row_and_column_sums(all.a, s.rows, s.cols, all.row_sums, all.col_sums); });
      return first_difference(s.rows, s.cols, value, all.row_sums, all.col_sums);
    });
  }
  return kShapes.size();
}();

// The map of a table of 1 MiB, where every mistake shows as it does in the graded ones.
std::string drawn() {
  if (std::getenv("KIT_RUN_DIRECTORY") == nullptr) return "";
  const kit::lens::Traced& traced = kit::lens::Traced::get();
  if (!traced) return "";
  auto* const sums = traced.function<void(const std::int32_t*, std::size_t, std::size_t,
                                          std::int64_t*, std::int64_t*)>("traced_sums");
  constexpr Shape kShape{512, 512};
  const Arrays all = Arrays::of(kShape);
  doing("512 x 512, in the traced build, for the map of the misses");
  const auto seen = kit::lens::record(traced, 1, 3'000'000, [&](unsigned) {
    sums(all.a.data(), kShape.rows, kShape.cols, all.row_sums.data(), all.col_sums.data());
  });
  const auto map = kit::lens::miss_map(
      seen.threads[0], {{"a", all.a.data(), all.a.size_bytes(), kShape.cols * 4},
                        {"row_sums", all.row_sums.data(), all.row_sums.size_bytes(), 4096},
                        {"col_sums", all.col_sums.data(), all.col_sums.size_bytes(), 4096}});
  return kit::lens::draw(map, "the sums of 512 x 512 numbers, 32 KiB 8-way L1", "512 x 512");
}

std::string miss_story(const Shape& s, const CacheCounts& counts) {
  const double times = static_cast<double>(counts.misses()) / static_cast<double>(s.lines_of_a());
  std::string story = "  " + number(counts.misses()) + " misses; the three arrays have " +
                      number(s.least()) + " lines, and the bound is\n  1.10 times that.\n\n";
  if (const auto line = counts.worst_line(&LineCost::read_misses)) {
    story += "    " + line->file + ":" + std::to_string(line->line) + "  " +
             number(line->read_misses) + " of them are reads there\n\n";
  }
  if (times > 4) {
    return story +
           "  A line holds 16 elements of `a`, and most of them were fetched anew, one\n"
           "  at a time: between two neighbours the walk touches more lines than the\n"
           "  cache holds.";
  }
  if (times > 1.8) {
    return story + "  As if `a` came in " + number(times, 1) + " times. It has " +
           number(static_cast<std::int64_t>(4 * s.rows * s.cols) >> 10) +
           " KiB and the cache 32: when a\n  second walk begins, nothing of the first is left.";
  }
  return story +
         "  Some lines came in more than once: lines that the walk leaves half used and\n"
         "  comes back to when they have gone. Where a row isn't a whole number of lines\n"
         "  (" +
         n(4 * s.cols) +
         " bytes here), a line belongs to the end of one row and to "
         "the next.";
}

TEST(Cost, OneTouchALine) {
  const std::string picture = drawn();
  for (const Shape& s : kShapes) {
    const auto counts = kit::lens::cache_counts(s.name());
    if (!counts) return;
    const double times = static_cast<double>(counts->misses()) / static_cast<double>(s.least());
    kit::harness::Evidence evidence{.lens = "cache",
                                    .key = "misses " + s.name(),
                                    .measured = times,
                                    .limit = kMissBound,
                                    .unit = "times the least",
                                    .picture = picture};
    if (const auto line = counts->worst_line(&LineCost::read_misses); line && times > kMissBound) {
      evidence.file = line->file;
      evidence.line = line->line;
    }
    if (!kit::harness::expect_within(evidence, s.name() + " numbers of 32 bits, 32 KiB 8-way L1",
                                     miss_story(s, *counts))) {
      return;
    }
  }
}

TEST(Cost, NoAllocation) {
  constexpr Shape kShape{100, 100};
  const Arrays all = Arrays::of(kShape);
  doing("100 x 100");
  std::int64_t calls = 0;
  {
    const kit::lens::CountAllocations count;
    kit::row_and_column_sums(all.a, kShape.rows, kShape.cols, all.row_sums, all.col_sums);
    calls = count.calls();
  }
  const std::string difference =
      first_difference(kShape.rows, kShape.cols, value, all.row_sums, all.col_sums);
  if (!difference.empty()) return fail("100 x 100", difference);
  kit::harness::expect_within(
      {.lens = "growth",
       .key = "allocations",
       .measured = static_cast<double>(calls),
       .limit = 0,
       .unit = "calls"},
      "100 x 100",
      "  The heap was asked " + number(calls) +
          " times, and should not be: there is room for all sums in the\n  outputs themselves.");
}

}  // namespace
