// The suite of cache/06-branchless-filter: the right elements in their order, nothing outside, and
// a cost that doesn't follow the data.
#include "filter.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <random>
#include <vector>

#include "harness/report.hpp"
#include "lens/cache/cache.hpp"
#include "lens/growth/allocations.hpp"

namespace {

using kit::harness::doing;
using kit::harness::expect_within;
using kit::harness::fail;
using kit::harness::number;
using kit::lens::CacheCounts;
using Elements = std::vector<std::uint32_t>;

constexpr std::uint32_t kUnwritten = 0xdeadbeef;

std::string n(std::size_t count) {
  return number(static_cast<std::int64_t>(count));
}

// Numbers below 2^20.
Elements random_numbers(std::size_t size, std::uint64_t seed) {
  std::mt19937_64 random(kit::harness::seed() + seed);
  Elements numbers(size);
  for (auto& each : numbers) each = static_cast<std::uint32_t>(random() >> 44);
  return numbers;
}

std::string elements(std::span<const std::uint32_t> in) {
  std::string text;
  for (const std::uint32_t each : in)
    text += (text.empty() ? "" : " ") + number(std::int64_t{each});
  return text;
}

// Empty if the first `kept` of `out` are the elements of `in` below the threshold; else where they
// part.
std::string difference(std::span<const std::uint32_t> in, std::uint32_t threshold,
                       std::span<const std::uint32_t> out, std::size_t kept) {
  Elements right;
  std::ranges::copy_if(in, std::back_inserter(right),
                       [threshold](std::uint32_t x) { return x < threshold; });
  if (kept != right.size()) {
    return "  It says that " + n(kept) + " elements are kept. " + n(right.size()) + " of " +
           n(in.size()) + " are less than " + number(std::int64_t{threshold}) + ".";
  }
  for (std::size_t i = 0; i < kept; ++i) {
    if (out[i] == right[i]) continue;
    return "  The number of kept elements is right. The first that differs:\n    out[" + n(i) +
           "]  is         " +
           (out[i] == kUnwritten ? "as it was, never written" : number(std::int64_t{out[i]})) +
           "\n    " + std::string(n(i).size() + 5, ' ') + "  should be  " +
           number(std::int64_t{right[i]}) +
           "\n  The kept elements stand in the order in which they stood in `in`.";
  }
  return "";
}

bool is_right(const Elements& in, std::uint32_t threshold, const std::string& input) {
  Elements room(in.size() + 64, kUnwritten);  // what is written behind is not tested here
  const auto out = std::span(room).first(in.size());
  doing(input);
  const std::size_t kept = kit::keep_less(in, threshold, out);
  const std::string story = difference(in, threshold, out, std::min(kept, in.size() + 1));
  if (!story.empty()) fail(input, story);
  return story.empty();
}

std::string below(std::uint32_t threshold) {
  return "threshold " + number(std::int64_t{threshold});
}

// ---- Correct

TEST(Correct, SixNumbers) {
  is_right({3, 9, 4, 4, 7, 1}, 5, "3 9 4 4 7 1, threshold 5");
}

TEST(Correct, KeepsInOrder) {
  std::vector<std::size_t> sizes(71);
  for (std::size_t k = 0; k < sizes.size(); ++k) sizes[k] = k;
  sizes.insert(sizes.end(), {255, 256, 257, 1'000, 1'023, 5'000});
  for (const std::size_t size : sizes) {
    for (const std::uint32_t threshold : {0U, 100'000U, 524'288U, 950'000U, 1U << 20}) {
      const std::string input = n(size) + " random numbers below 2^20, " + below(threshold) + ", " +
                                kit::harness::seed_note();
      if (!is_right(random_numbers(size, size), threshold, input)) return;
    }
  }
}

TEST(Correct, Limits) {
  constexpr std::uint32_t kMost = 0xffffffff, kHalf = 0x80000000;
  const Elements edges = {0, 1, kHalf, kMost, kHalf - 1, 2, kMost - 1, 0, kHalf + 1, kMost, 3, 1};
  Elements many;  // more than one vector's width of them
  for (int i = 0; i < 5; ++i) many.insert(many.end(), edges.begin(), edges.end());
  for (const std::uint32_t threshold :
       {0U, 1U, 2U, kHalf - 1, kHalf, kHalf + 1, kMost - 1, kMost}) {
    if (!is_right(edges, threshold, elements(edges) + ",\n  " + below(threshold))) return;
    if (!is_right(many, threshold, "five times " + elements(edges) + ",\n  " + below(threshold)))
      return;
  }
}

// ---- Robust

// Elements with a page that can't be touched right behind, or right before them.
class Pages {
 public:
  explicit Pages(std::size_t size)
      : page_(static_cast<std::size_t>(::sysconf(_SC_PAGESIZE))), size_(size) {
    usable_ = std::max(page_, (4 * size + page_ - 1) / page_ * page_);
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
  std::span<std::uint32_t> first() const {
    return {reinterpret_cast<std::uint32_t*>(begin_ + page_), size_};
  }
  std::span<std::uint32_t> last() const {
    return {reinterpret_cast<std::uint32_t*>(begin_ + page_ + usable_) - size_, size_};
  }

 private:
  std::size_t page_, size_, usable_ = 0;
  std::byte* begin_ = nullptr;
  bool ok_ = false;
};

constexpr std::size_t kGuardedSizes[] = {0,  1,  2,  3,  7,  8,  9,  15, 16,  17,  31,   32,
                                         33, 40, 63, 64, 65, 70, 71, 96, 200, 257, 1'023};

TEST(Robust, NeverWritesPastN) {
  for (const std::size_t size : kGuardedSizes) {
    const Pages pages(size);
    if (!pages) return fail("kit: no memory", "");
    const Elements in = random_numbers(size, size);
    for (const std::uint32_t threshold : {0U, 300'000U, 1'000'000U, 1U << 20}) {
      for (const bool at_end : {true, false}) {
        const auto out = at_end ? pages.last() : pages.first();
        const std::string input = n(size) + " numbers below 2^20, " + below(threshold);
        doing(input + (at_end ? "; the page right behind `out` is forbidden, so a write of out[n] "
                                "stops here"
                              : "; the page right before `out` is forbidden"));
        const std::size_t kept = kit::keep_less(in, threshold, out);
        const std::string story = difference(in, threshold, out, std::min(kept, size + 1));
        if (!story.empty()) return fail(input, story);
      }
    }
  }
}

TEST(Robust, ReadsOnlyIn) {
  for (const std::size_t size : kGuardedSizes) {
    const Pages pages(size);
    if (!pages) return fail("kit: no memory", "");
    const Elements numbers = random_numbers(size, size);
    for (const bool at_end : {true, false}) {
      const auto in = at_end ? pages.last() : pages.first();
      std::ranges::copy(numbers, in.begin());
      Elements room(size + 64, kUnwritten);  // more than it may use: not what is tested here
      const auto out = std::span(room).first(size);
      const std::string input = n(size) + " numbers below 2^20, " + below(700'000);
      doing(input + (at_end ? "; the page right behind `in` is forbidden, so a read beyond its end "
                              "stops here"
                            : "; the page right before `in` is forbidden"));
      const std::size_t kept = kit::keep_less(in, 700'000, out);
      const std::string story = difference(in, 700'000, out, std::min(kept, size + 1));
      if (!story.empty()) return fail(input, story);
    }
  }
}

// ---- Cost

struct Case {
  std::string name;
  std::size_t size;
  std::uint32_t threshold;  // of numbers below 2^20
};
const std::array<Case, 3> kSelectivities = {{{"a tenth kept", 100'000, 104'858},
                                             {"half kept", 100'000, 524'288},
                                             {"nine tenths kept", 100'000, 943'718}}};
const Case kLarge = {"2^18, half kept", std::size_t{1} << 18, 524'288};

std::span<std::uint32_t> page_aligned(std::size_t which, std::size_t size) {
  constexpr std::size_t kElements = std::size_t{1} << 18;
  static auto* const both = static_cast<std::uint32_t*>(
      std::aligned_alloc(4096, 2 * kElements * sizeof(std::uint32_t) + 4096));
  return {both + which * kElements, size};
}

const auto kRegions = [] {
  for (const Case& c : {kSelectivities[0], kSelectivities[1], kSelectivities[2], kLarge}) {
    kit::lens::CacheRegion(c.name, [c](const kit::lens::Count& count) {
      const auto in = page_aligned(0, c.size);
      const auto out = page_aligned(1, c.size);
      std::ranges::copy(random_numbers(c.size, 1), in.begin());
      std::ranges::fill(out, kUnwritten);
      std::size_t kept = 0;
      count([&] { kept = kit::keep_less(in, c.threshold, out); });
      return difference(in, c.threshold, out, std::min(kept, c.size + 1));
    });
  }
  return 4;
}();

TEST(Cost, Mispredictions) {
  constexpr std::int64_t kBound = 5'000;
  std::string all;
  const Case* worst = nullptr;
  std::int64_t most = kBound;
  for (const Case& c : kSelectivities) {
    const auto counts = kit::lens::cache_counts(c.name);
    if (!counts) return;
    kit::harness::record({.lens = "cache",
                          .key = "mispredictions, " + c.name,
                          .measured = static_cast<double>(counts->mispredictions),
                          .limit = kBound,
                          .unit = "branches"});
    all +=
        "\n    " + c.name + std::string(20 - c.name.size(), ' ') + number(counts->mispredictions);
    if (counts->mispredictions <= most) continue;
    most = counts->mispredictions;
    worst = &c;
  }
  if (worst == nullptr) return;
  fail("100,000 random numbers, " + worst->name,
       "  " + number(most) + " branches were predicted wrongly; at most " + number(kBound) +
           " may be.\n" + all +
           "\n\n  It follows the data: a branch depends on a comparison with the threshold, and\n"
           "  no past tells how the next one falls. Each wrong guess costs as much as some 15\n"
           "  to 20 elements without one.");
}

TEST(Cost, OnePass) {
  constexpr double kBound = 1.1;
  const auto counts = kit::lens::cache_counts(kLarge.name);
  if (!counts) return;
  const Elements numbers = random_numbers(kLarge.size, 1);
  const auto kept = static_cast<std::int64_t>(
      std::ranges::count_if(numbers, [](std::uint32_t x) { return x < kLarge.threshold; }));
  const std::int64_t least = static_cast<std::int64_t>(kLarge.size) / 16 + (kept + 15) / 16;
  const double times = static_cast<double>(counts->misses()) / static_cast<double>(least);
  expect_within(
      {.lens = "cache",
       .key = "misses",
       .measured = times,
       .limit = kBound,
       .unit = "times the least"},
      "262,144 random numbers, half kept, 32 KiB 8-way L1",
      "  " + number(counts->misses()) + " misses. `in` has " +
          number(static_cast<std::int64_t>(kLarge.size) / 16) + " lines and the kept elements " +
          number((kept + 15) / 16) + ": " + number(least) +
          "\n  must come in, and at most 1.1 times "
          "that may. It is " +
          number(times, 2) +
          " times: memory is walked\n  over more than once, or more memory than the two arrays.");
}

TEST(Cost, NoAllocation) {
  const Elements in = random_numbers(1'000, 3);
  Elements room(1'064, kUnwritten);
  const auto out = std::span(room).first(1'000);
  const std::string input = "1,000 numbers, " + below(524'288);
  doing(input);
  std::size_t kept = 0;
  std::int64_t calls = 0;
  {
    const kit::lens::CountAllocations count;
    kept = kit::keep_less(in, 524'288, out);
    calls = count.calls();
  }
  const std::string story = difference(in, 524'288, out, std::min<std::size_t>(kept, 1'001));
  if (!story.empty()) return fail(input, story);
  expect_within({.lens = "growth",
                 .key = "allocations",
                 .measured = static_cast<double>(calls),
                 .limit = 0,
                 .unit = "calls"},
                input,
                "  The heap was asked " + number(calls) +
                    " times, and should not be: `out` has room for all elements.");
}

}  // namespace
