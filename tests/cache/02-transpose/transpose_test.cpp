// The suite of cache/02-transpose: every element in its place, nothing else touched, each line
// about once.
#include "transpose.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <vector>

#include "harness/report.hpp"
#include "lens/cache/cache.hpp"
#include "lens/growth/allocations.hpp"
#include "matrices.hpp"
#include "miss_story.hpp"

namespace {

using kit::harness::doing;
using kit::harness::Evidence;
using kit::harness::fail;
using kit::harness::number;
using kit::lens::CacheCounts;
using kit::lens::LineCost;
using kit::tests::first_difference;
using kit::tests::kMissBound;
using kit::tests::Matrices;
using kit::tests::miss_story;
using kit::tests::ratio;
using kit::tests::right_aligned;
using kit::tests::Shape;
using kit::tests::shape;

// "17 x 5 floats, 4 bytes behind the begin of a line"
std::string floats(std::size_t rows, std::size_t cols, std::size_t offset = 0) {
  std::string text = shape(rows, cols) + " floats";
  if (offset != 0) {
    text +=
        ", " + number(static_cast<std::int64_t>(4 * offset)) + " bytes behind the begin of a line";
  }
  return text;
}

// Transposes one shape and fails if an element isn't in its place. Returns whether all are.
bool is_right(std::size_t rows, std::size_t cols, std::size_t offset = 0) {
  Matrices m(rows, cols, offset);
  const std::string input = floats(rows, cols, offset);
  doing(input);
  kit::transpose(m.in(), m.out(), rows, cols);
  const std::string difference = m.difference();
  if (difference.empty()) return true;
  fail(input, "  " + difference);
  return false;
}

// ---- Correct

TEST(Correct, TwoByThree) {
  is_right(2, 3);
}

TEST(Correct, SeventeenByFive) {
  is_right(17, 5);
}

TEST(Correct, NoRows) {
  for (const auto [rows, cols] : {std::array<std::size_t, 2>{0, 8}, {8, 0}, {0, 0}}) {
    Matrices m(rows, cols);
    doing(floats(rows, cols) + ", nothing to read or to write");
    kit::transpose(m.in(), m.out(), rows, cols);
    if (const std::string story = m.written_beside(); !story.empty()) {
      fail(floats(rows, cols), "  There is nothing to write, but something was:\n  " + story);
      return;
    }
  }
}

TEST(Correct, OneRowOrColumn) {  // and one of each
  for (std::size_t n = 1; n <= 100; ++n) {
    if (!is_right(1, n) || !is_right(n, 1)) return;
  }
}

TEST(Correct, EveryShapeUpTo40) {
  for (std::size_t rows = 1; rows <= 40; ++rows) {
    for (std::size_t cols = 1; cols <= 40; ++cols) {
      if (!is_right(rows, cols)) return;
    }
  }
}

TEST(Correct, TallAndWide) {
  if (!is_right(1000, 37) || !is_right(37, 1000)) return;
  // More rows, and more columns, than 16 bits can number.
  if (is_right(70'000, 2)) is_right(2, 70'000);
}

TEST(Correct, AnyAlignment) {
  for (std::size_t offset = 0; offset < 16; ++offset) {
    if (!is_right(48, 64, offset) || !is_right(33, 50, offset)) return;
  }
}

// ---- Robust

TEST(Robust, WritesOnlyOut) {
  for (std::size_t rows = 1; rows <= 40; ++rows) {
    for (std::size_t cols = 1; cols <= 40; ++cols) {
      Matrices m(rows, cols, rows % 16);
      const std::string input = floats(rows, cols, rows % 16);
      doing(input);
      kit::transpose(m.in(), m.out(), rows, cols);
      if (const std::string story = m.difference(); !story.empty()) {
        return fail(input, "  " + story);
      }
      if (const std::string story = m.written_beside(); !story.empty()) {
        return fail(
            input,
            "  " + story +
                "\n  That memory belongs to somebody else: at an edge less than a whole tile\n"
                "  is left, and only that much may be written.");
      }
    }
  }
}

// Pages with one that can't be read behind them and one before.
class Pages {
 public:
  explicit Pages(std::size_t bytes) : page_(static_cast<std::size_t>(::sysconf(_SC_PAGESIZE))) {
    usable_ = (bytes + page_ - 1) / page_ * page_;
    void* all = ::mmap(nullptr, usable_ + 2 * page_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (all == MAP_FAILED) return;
    begin_ = static_cast<std::byte*>(all);
    ok_ = ::mprotect(begin_ + page_, usable_, PROT_READ | PROT_WRITE) == 0;
  }
  Pages(const Pages&) = delete;
  Pages& operator=(const Pages&) = delete;
  ~Pages() {
    if (begin_ != nullptr) ::munmap(begin_, usable_ + 2 * page_);
  }
  explicit operator bool() const { return ok_; }
  std::span<float> first(std::size_t n) const {
    return {reinterpret_cast<float*>(begin_ + page_), n};
  }
  std::span<float> last(std::size_t n) const {
    return {reinterpret_cast<float*>(begin_ + page_ + usable_) - n, n};
  }

 private:
  std::size_t page_;
  std::size_t usable_ = 0;
  std::byte* begin_ = nullptr;
  bool ok_ = false;
};

TEST(Robust, ReadsOnlyIn) {
  for (std::size_t rows = 1; rows <= 36; ++rows) {
    for (std::size_t cols = 1; cols <= 36; ++cols) {
      const Pages pages(sizeof(float) * rows * cols);
      if (!pages) return fail("kit: no memory for " + floats(rows, cols), "");
      for (const bool at_end : {true, false}) {
        const std::span<float> in = at_end ? pages.last(rows * cols) : pages.first(rows * cols);
        kit::tests::fill(in);
        std::vector<float> room(rows * cols + 16,
                                kit::tests::kUnwritten);  // not what is tested here
        const auto out = std::span(room).first(rows * cols);
        doing(floats(rows, cols) + (at_end ? "; the page right behind `in` is forbidden, so a read "
                                             "beyond its end stops here"
                                           : "; the page right before `in` is forbidden, so a read "
                                             "before its begin stops here"));
        kit::transpose(in, out, rows, cols);
        const std::string difference = first_difference(out, rows, cols);
        if (!difference.empty()) return fail(floats(rows, cols), "  " + difference);
      }
    }
  }
}

// ---- Cost

const std::array<Shape, 4> kShapes = {{{1008, 1008}, {1024, 1024}, {4096, 64}, {64, 4096}}};

// In the counted run, one pair of buffers serves all shapes.
std::span<float> page_aligned(std::size_t which) {
  constexpr std::size_t kElements = 1024 * 1024;
  static float* const both =
      static_cast<float*>(std::aligned_alloc(4096, 2 * kElements * sizeof(float)));
  return {both + which * kElements, kElements};
}

std::string counted_transpose(const Shape& s, const kit::lens::Count& count) {
  const auto in = page_aligned(0).first(s.rows * s.cols);
  const auto out = page_aligned(1).first(s.rows * s.cols);
  kit::tests::fill(in);
  std::ranges::fill(out, kit::tests::kUnwritten);
  count([&] { kit::transpose(in, out, s.rows, s.cols); });
  return first_difference(out, s.rows, s.cols);
}

const auto kRegions = [] {
  for (const Shape& s : kShapes) {
    kit::lens::CacheRegion(s.name(),
                           [s](const auto& count) { return counted_transpose(s, count); });
  }
  return kShapes.size();
}();

TEST(Cost, MissesNearCompulsory) {
  const Shape* worst = nullptr;
  CacheCounts counts;
  double most = kMissBound;
  std::string all;
  for (const Shape& s : kShapes) {
    const auto c = kit::lens::cache_counts(s.name());
    if (!c) return;
    const double times = ratio(c->misses(), 2 * s.lines());
    Evidence evidence{.lens = "cache",
                      .key = "misses " + s.name(),
                      .measured = times,
                      .limit = kMissBound,
                      .unit = "times the least"};
    if (const auto line = c->worst_line(&LineCost::write_misses); line && times > kMissBound) {
      evidence.file = line->file;
      evidence.line = line->line;
    }
    kit::harness::record(evidence);
    all += "\n    " + s.name() + right_aligned(number(times, 2), 18 - s.name().size()) + " times";
    if (times <= most) continue;
    // The first of those that are about as bad.
    most = times + 0.01;
    worst = &s;
    counts = *c;
  }
  if (worst == nullptr) return;
  fail(worst->name() + " floats, 32 KiB 8-way L1",
       miss_story(*worst, counts) + "\n\n  Reads and writes together, against the least:" + all);
}

TEST(Cost, InstructionsAnElement) {
  constexpr double kBound = 32;
  const Shape& s = kShapes[0];
  const auto counts = kit::lens::cache_counts(s.name());
  if (!counts) return;
  const double each = ratio(counts->instructions, s.elements());
  kit::harness::expect_within(
      {.lens = "cache",
       .key = "instructions " + s.name(),
       .measured = each,
       .limit = kBound,
       .unit = "instructions an element"},
      s.name() + " floats",
      "  " + number(counts->instructions) + " instructions for " + number(s.elements()) +
          " elements: " + number(each, 1) +
          " each.\n"
          "  At most 32 are allowed: a load, a store and a share of the loops take 2 to\n"
          "  12. More goes into something done for each element alone: a call, a\n"
          "  division, a choice.");
}

// As large as the matrix, or only a tile?
std::string what_it_costs(std::int64_t bytes, std::size_t matrix) {
  if (bytes >= static_cast<std::int64_t>(matrix)) {
    return "  That is as much as the matrix, or more: a third buffer. It may fail to be\n"
           "  there when memory is short, and its lines come in on top of the others.";
  }
  return "  That is less than the matrix, so a place to work in. On the stack it costs\n"
         "  no call and can't be refused; up to 16 KiB are free there.";
}

TEST(Cost, NoAllocation) {
  constexpr std::size_t kRows = 300;
  constexpr std::size_t kCols = 500;
  Matrices m(kRows, kCols);
  std::int64_t calls = 0;
  std::int64_t bytes = 0;
  doing(floats(kRows, kCols) + ", the heap's calls counted");
  {
    const kit::lens::CountAllocations count;
    kit::transpose(m.in(), m.out(), kRows, kCols);
    calls = count.calls();
    bytes = count.bytes();
  }
  const std::string difference = m.difference();
  if (!difference.empty()) {
    return fail("300 x 500 floats",
                "  The result is wrong, so its allocations say nothing.\n  " + difference);
  }
  kit::harness::expect_within(
      {.lens = "growth",
       .key = "allocations 300 x 500",
       .measured = static_cast<double>(calls),
       .limit = 0,
       .unit = "allocations"},
      "300 x 500 floats",
      "  The heap was asked " + number(calls) + (calls == 1 ? " time" : " times") + ", for " +
          number(bytes) + (calls == 1 ? " bytes" : " bytes in all") +
          "; the contract allows none.\n" + what_it_costs(bytes, kRows * kCols * sizeof(float)));
}

}  // namespace
