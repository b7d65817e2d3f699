// Programs of known behaviour under the lens: what the simulated cache does, that regions don't see
// each other, and what is said when a region, or valgrind itself, fails.
#include "lens/cache/cache.hpp"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <cstdlib>
#include <stdexcept>

namespace {

using kit::lens::CacheCounts;
using kit::lens::CacheRegion;
using kit::lens::Count;
using kit::lens::count_regions;
using kit::lens::kLineBytes;

struct alignas(4096) Buffer {
  std::array<volatile char, 1 << 18> bytes{};
  volatile int sum_of_reads = 0;  // in set 0
};

// Static, so that the heap has no say in where it lies.
Buffer buffer;

// The values are used: valgrind throws away loads whose result is overwritten in the same block.
void read_lines(int first, int count, int stride = 1) {
  int sum = 0;
  for (int i = 0; i < count; ++i) {
    sum += buffer.bytes[static_cast<std::size_t>((first + i * stride) * kLineBytes)];
  }
  buffer.sum_of_reads = sum;
}

void write_lines(int count) {
  for (int i = 0; i < count; ++i) buffer.bytes[static_cast<std::size_t>(i * kLineBytes)] = 1;
}

const CacheRegion k4096Reads("4096 lines read", [](const Count& count) -> std::string {
  count([] { read_lines(0, 4096); });
  return "";
});
const CacheRegion k4096Writes("4096 lines written", [](const Count& count) -> std::string {
  count([] { write_lines(4096); });
  return "";
});
const CacheRegion kNineLines("9 lines in a set, 10 rounds", [](const Count& count) -> std::string {
  count([] {
    for (int round = 0; round < 10; ++round) read_lines(20, 9, kit::lens::kL1Sets);
  });
  return "";
});
const CacheRegion kEightLines("8 lines in a set, 10 rounds", [](const Count& count) -> std::string {
  count([] {
    for (int round = 0; round < 10; ++round) read_lines(20, 8, kit::lens::kL1Sets);
  });
  return "";
});
const CacheRegion kTwoPasses("16 KiB twice", [](const Count& count) -> std::string {
  count([] {
    read_lines(0, 256);
    read_lines(0, 256);
  });
  return "";
});
const CacheRegion kTwoLargePasses("128 KiB twice", [](const Count& count) -> std::string {
  count([] {
    read_lines(0, 2048);
    read_lines(0, 2048);
  });
  return "";
});
const CacheRegion kReadsAfterWrite("16 KiB written, then read",
                                   [](const Count& count) -> std::string {
                                     count([] {
                                       write_lines(256);
                                       read_lines(0, 256);
                                     });
                                     return "";
                                   });
const CacheRegion kWarmed("16 KiB, warmed before", [](const Count& count) -> std::string {
  read_lines(0, 256);
  count([] { read_lines(0, 256); });
  return "";
});
const CacheRegion kNothing("nothing", [](const Count& count) -> std::string {
  count([] {});
  return "";
});
const CacheRegion kBranches("1000 random branches", [](const Count& count) -> std::string {
  std::uint32_t random = 1;
  for (std::size_t i = 0; i < 1000; ++i) {
    random = random * 1664525U + 1013904223U;
    buffer.bytes[i] = static_cast<char>(random >> 31U);
  }
  count([] {
    for (std::size_t i = 0; i < 1000; ++i) {
      if (buffer.bytes[i] != 0) buffer.bytes[5000] = 1;
    }
  });
  return "";
});
const CacheRegion kWrong("a wrong result", [](const Count& count) -> std::string {
  count([] {});
  return "element 17 is 3, not 4";
});
const CacheRegion kThrows("throws", [](const Count& count) -> std::string {
  count([] { throw std::runtime_error("too large"); });
  return "";
});
const CacheRegion kCrashes("crashes", [](const Count& count) -> std::string {
  int* volatile nowhere = nullptr;
  count([&] { *nowhere = 1; });
  return "";
});
const CacheRegion kLeaves("leaves", [](const Count& count) -> std::string {
  count([] { std::exit(3); });
  return "";
});
const CacheRegion kHangs("hangs", [](const Count& count) -> std::string {
  if (::getenv("KIT_TEST_HANG") == nullptr) return "";
  count([] {
    while (buffer.bytes[0] != 77) {
    }
  });
  return "";
});

CacheCounts counts_of(const std::string& region) {
  const auto counts = kit::lens::cache_counts(region);
  EXPECT_TRUE(counts.has_value()) << region;
  return counts.value_or(CacheCounts{});
}

// A region's own frame and stack: a few lines.
constexpr int kSlack = 4;

TEST(Cache, EachLineReadMissesOnce) {
  const CacheCounts c = counts_of("4096 lines read");
  EXPECT_NEAR(static_cast<double>(c.read_misses), 4096, kSlack);
  EXPECT_LE(c.write_misses, kSlack);
  EXPECT_NEAR(static_cast<double>(c.reads), 4096, 16);
  EXPECT_NEAR(static_cast<double>(c.last_level_misses), 4096, kSlack);
}

TEST(Cache, EachLineWrittenMissesOnce) {
  const CacheCounts c = counts_of("4096 lines written");
  EXPECT_NEAR(static_cast<double>(c.write_misses), 4096, kSlack);
  EXPECT_LE(c.read_misses, kSlack);
  EXPECT_NEAR(static_cast<double>(c.writes), 4096, 16);
}

TEST(Cache, NineLinesDoNotFitASetOfEight) {
  EXPECT_NEAR(static_cast<double>(counts_of("9 lines in a set, 10 rounds").misses()), 90, kSlack);
  EXPECT_NEAR(static_cast<double>(counts_of("8 lines in a set, 10 rounds").misses()), 8, kSlack);
}

TEST(Cache, WhatFitsIsReadFromTheCacheTheSecondTime) {
  EXPECT_NEAR(static_cast<double>(counts_of("16 KiB twice").misses()), 256, kSlack);
  const CacheCounts large = counts_of("128 KiB twice");
  EXPECT_NEAR(static_cast<double>(large.misses()), 4096, kSlack);
  EXPECT_NEAR(static_cast<double>(large.last_level_misses), 2048, kSlack);
}

TEST(Cache, AWriteThatMissesBringsItsLineIn) {
  const CacheCounts c = counts_of("16 KiB written, then read");
  EXPECT_NEAR(static_cast<double>(c.write_misses), 256, kSlack);
  EXPECT_LE(c.read_misses, kSlack);
}

TEST(Cache, EachRegionStartsCold) {
  EXPECT_NEAR(static_cast<double>(counts_of("16 KiB, warmed before").misses()), 256, kSlack);
}

TEST(Cache, CallingTheRegionCostsNextToNothing) {
  const CacheCounts c = counts_of("nothing");
  EXPECT_LE(c.instructions, 16);
  EXPECT_LE(c.misses(), 2);
}

TEST(Cache, InstructionsOfALoopAreCounted) {
  const CacheCounts c = counts_of("4096 lines read");
  EXPECT_GE(c.instructions, 2 * 4096);
  EXPECT_LE(c.instructions, 8 * 4096);
}

TEST(Cache, BranchesThatFollowTheDataAreMispredicted) {
  const CacheCounts c = counts_of("1000 random branches");
  EXPECT_GE(c.branches, 1000);
  EXPECT_GE(c.mispredictions, 200);
  EXPECT_LE(counts_of("4096 lines read").mispredictions, 20);
}

TEST(Cache, TwoRunsCountTheSame) {
  const std::vector<std::string> names = {"4096 lines read", "1000 random branches"};
  const auto first = count_regions(names);
  const auto second = count_regions(names);
  for (std::size_t i = 0; i < names.size(); ++i) {
    ASSERT_EQ(first[i].problem, "");
    EXPECT_EQ(first[i].counts.instructions, second[i].counts.instructions);
    EXPECT_EQ(first[i].counts.misses(), second[i].counts.misses());
    EXPECT_EQ(first[i].counts.mispredictions, second[i].counts.mispredictions);
  }
}

TEST(Failures, AWrongResultHasNoCounts) {
  EXPECT_NONFATAL_FAILURE(kit::lens::cache_counts("a wrong result"), "element 17 is 3, not 4");
  EXPECT_NONFATAL_FAILURE(kit::lens::cache_counts("throws"), "too large");
}

TEST(Failures, ACrashCostsItsOwnRegionOnly) {
  const auto results = count_regions({"nothing", "crashes", "leaves", "4096 lines read"});
  EXPECT_EQ(results[0].problem, "");
  EXPECT_NE(results[1].problem.find("Segmentation fault (cache_lens_test.cpp:"), std::string::npos)
      << results[1].problem;
  EXPECT_FALSE(results[1].kit_fault);
  EXPECT_NE(results[2].problem.find("exit code 3"), std::string::npos) << results[2].problem;
  EXPECT_FALSE(results[2].kit_fault);
  EXPECT_EQ(results[3].problem, "");
  EXPECT_NEAR(static_cast<double>(results[3].counts.read_misses), 4096, kSlack);
}

TEST(Failures, AHangEndsWithTheNet) {
  ::setenv("KIT_TEST_HANG", "1", 1);
  // A busy machine may need more than two seconds to get there.
  std::vector<kit::lens::RegionResult> results;
  for (const int net : {2, 8, 30}) {
    results = count_regions({"nothing", "hangs"}, std::chrono::seconds(net));
    if (!results[1].kit_fault && results[0].problem.empty()) break;
  }
  ::unsetenv("KIT_TEST_HANG");
  EXPECT_EQ(results[0].problem, "");
  EXPECT_NE(results[1].problem.find("not ended"), std::string::npos) << results[1].problem;
  EXPECT_FALSE(results[1].kit_fault);
}

TEST(Failures, ARegionThatCountsNothingIsTheKitsFault) {
  const auto results = count_regions({"hangs"});  // without the variable it counts nothing
  EXPECT_TRUE(results[0].problem.starts_with("kit: ")) << results[0].problem;
  EXPECT_TRUE(results[0].kit_fault);
}

TEST(Failures, AMissingValgrindIsTheKitsFault) {
  const std::string path = ::getenv("PATH");
  ::setenv("PATH", "/nowhere", 1);
  const auto results = count_regions({"nothing"});
  ::setenv("PATH", path.c_str(), 1);
  EXPECT_TRUE(results[0].problem.starts_with("kit: ")) << results[0].problem;
  EXPECT_NE(results[0].problem.find("valgrind is not installed"), std::string::npos);
  EXPECT_TRUE(results[0].kit_fault);
}

TEST(Failures, AnUnknownRegionIsTheKitsFault) {
  EXPECT_NONFATAL_FAILURE(kit::lens::cache_counts("no such region"), "kit: ");
  EXPECT_TRUE(count_regions({"no such region"})[0].kit_fault);
}

}  // namespace
