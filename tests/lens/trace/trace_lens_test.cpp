// What the hooks note of programs of known behaviour, who shares which line, and that the replayed
// cache counts what callgrind counts.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "lens/cache/cache.hpp"
#include "lens/trace/miss_map.hpp"
#include "lens/trace/sharing.hpp"
#include "lens/trace/trace.hpp"

namespace {

using kit::lens::Access;
using kit::lens::AccessKind;
using kit::lens::lines_written_by_several;
using kit::lens::MissMap;
using kit::lens::Recording;
using kit::lens::SharedLine;
using kit::lens::Traced;

constexpr std::size_t kMost = 1 << 16;

Traced& samples() {
  static Traced library(
      (std::filesystem::read_symlink("/proc/self/exe").parent_path() / "trace_lens_samples.so")
          .string());
  EXPECT_EQ(library.problem(), "");
  return library;
}

Recording run(const char* name, unsigned threads = 4) {
  auto* const sample = samples().function<void(unsigned)>(name);
  return kit::lens::record(samples(), threads, kMost, [&](unsigned t) { sample(t); });
}

// ---- Accesses

TEST(Accesses, EachIsNotedByItsThreadOnce) {
  const Recording seen = run("sample_packed");
  ASSERT_EQ(seen.threads.size(), 4U);
  for (const auto& accesses : seen.threads) {
    EXPECT_EQ(accesses.size(), 200U);  // 100 reads, 100 writes
    EXPECT_EQ(std::set<std::uintptr_t>({accesses.front().address, accesses.back().address}).size(),
              1U);
  }
  EXPECT_EQ(seen.count(AccessKind::read), 400U);
  EXPECT_EQ(seen.count(AccessKind::write), 400U);
  EXPECT_TRUE(seen.whole);
}

TEST(Accesses, AtomicOnesAreToldApart) {
  const Recording adds = run("sample_adds");
  EXPECT_EQ(adds.count(AccessKind::read_modify_write), 400U);
  EXPECT_EQ(adds.count(AccessKind::atomic_write), 0U);
  const Recording stores = run("sample_loads_and_stores");
  EXPECT_EQ(stores.count(AccessKind::read_modify_write), 0U);
  EXPECT_EQ(stores.count(AccessKind::atomic_read), 400U);
  EXPECT_EQ(stores.count(AccessKind::atomic_write), 400U);
}

TEST(Accesses, AtomicOperationsDoTheirWork) {
  EXPECT_TRUE(samples().function<bool()>("sample_atomics_work")());
}

TEST(Accesses, LocksAreCalls) {
  const Recording seen = run("sample_mutex");
  EXPECT_EQ(seen.count(AccessKind::lock), 40U);
  EXPECT_EQ(seen.count(AccessKind::unlock), 40U);
}

TEST(Accesses, NothingIsNotedOutsideARecording) {
  samples().function<void(unsigned)>("sample_packed")(0);
  kit::lens::record(samples(), 1, kMost, [](unsigned) {});
  EXPECT_EQ(samples().into(nullptr), nullptr);
  EXPECT_EQ(kit::lens::record(samples(), 1, kMost, [](unsigned) {}).threads[0].size(), 0U);
}

TEST(Accesses, ARecordingThatIsFullSaysSo) {
  auto* const sample = samples().function<void(unsigned)>("sample_packed");
  const Recording seen = kit::lens::record(samples(), 1, 150, [&](unsigned t) { sample(t); });
  EXPECT_FALSE(seen.whole);
  EXPECT_EQ(seen.threads[0].size(), 150U);
}

TEST(Accesses, ALibraryThatIsMissingIsAProblem) {
  EXPECT_NE(Traced("/nowhere/traced.so").problem(), "");
}

// ---- Sharing

TEST(Sharing, NeighboursInALineShareIt) {
  const auto lines = lines_written_by_several(run("sample_packed"));
  ASSERT_EQ(lines.size(), 1U);
  ASSERT_EQ(lines[0].writers.size(), 4U);
  EXPECT_FALSE(lines[0].same_bytes());
  for (unsigned t = 0; t < 4; ++t) {
    EXPECT_EQ(lines[0].writers[t].thread, t);
    EXPECT_EQ(lines[0].writers[t].first_byte, 8 * t);
    EXPECT_EQ(lines[0].writers[t].last_byte, 8 * t + 7);
  }
}

TEST(Sharing, TheTableNamesTheSourceLine) {
  const auto lines = lines_written_by_several(run("sample_packed"));
  ASSERT_EQ(lines.size(), 1U);
  const std::string table = kit::lens::writers_table(lines[0], 2);
  EXPECT_NE(table.find("thread 0 writes bytes 0 to 7"), std::string::npos) << table;
  EXPECT_NE(table.find("samples_traced.cpp:"), std::string::npos) << table;
  EXPECT_NE(table.find("and 2 more"), std::string::npos) << table;
}

TEST(Sharing, ALineThatOthersOnlyReadIsNone) {
  const Recording seen = run("sample_apart");
  EXPECT_TRUE(lines_written_by_several(seen).empty());
  EXPECT_EQ(kit::lens::lines_written(seen), 4U);
}

TEST(Sharing, AWriteThatStraddlesTouchesBothLines) {
  const Recording seen = run("sample_straddles", 2);
  const auto lines = lines_written_by_several(seen);
  ASSERT_EQ(lines.size(), 1U);
  EXPECT_EQ(lines[0].writers[0].first_byte, 0U);
  EXPECT_EQ(lines[0].writers[0].last_byte, 3U);
  EXPECT_EQ(lines[0].writers[1].first_byte, 56U);
  EXPECT_EQ(kit::lens::lines_written(seen), 2U);
}

TEST(Sharing, CopiesByTheLibraryAreSeen) {
  auto* const sample = samples().function<void(unsigned, std::size_t)>("sample_copies");
  const Recording seen = kit::lens::record(samples(), 4, kMost, [&](unsigned t) { sample(t, 32); });
  const auto lines = lines_written_by_several(seen);
  ASSERT_EQ(lines.size(), 2U);
  EXPECT_EQ(lines[0].writers[0].last_byte, 31U);   // memcpy
  EXPECT_EQ(lines[0].writers[1].first_byte, 32U);  // memset
  EXPECT_EQ(lines[1].writers[1].first_byte, 32U);  // memmove
}

TEST(Sharing, AMutexIsWrittenByAll) {
  const auto lines = lines_written_by_several(run("sample_mutex"));
  ASSERT_EQ(lines.size(), 2U);  // the counter's and the mutex's
  EXPECT_TRUE(lines[0].same_bytes());
  EXPECT_TRUE(lines[1].same_bytes());
}

TEST(Sharing, TheVerdictIsTheSameInEachOfTwentyRuns) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(lines_written_by_several(run("sample_adds")).size(), 1U);
    EXPECT_EQ(lines_written_by_several(run("sample_apart")).size(), 0U);
  }
}

// ---- Misses

constexpr std::size_t kSide = 256;
alignas(4096) float in[kSide * kSide];
alignas(4096) float out[kSide * kSide];

MissMap transposed(std::size_t n) {
  auto* const transpose =
      samples().function<void(const float*, float*, std::size_t)>("sample_transpose");
  const Recording seen =
      kit::lens::record(samples(), 1, 4 * kSide * kSide, [&](unsigned) { transpose(in, out, n); });
  EXPECT_TRUE(seen.whole);
  return kit::lens::miss_map(seen.threads[0],
                             {{"in", in, n * n * sizeof(float), n * sizeof(float)},
                              {"out", out, n * n * sizeof(float), n * sizeof(float)}});
}

const kit::lens::CacheRegion kTransposed("two loops", [](const auto& count) -> std::string {
  auto* const transpose =
      samples().function<void(const float*, float*, std::size_t)>("sample_transpose");
  count([&] { transpose(in, out, kSide); });
  return "";
});

TEST(Misses, TheReplayCountsWhatCallgrindCounts) {
  const MissMap map = transposed(kSide);
  const auto counts = kit::lens::cache_counts("two loops");
  ASSERT_TRUE(counts);
  EXPECT_NEAR(static_cast<double>(map.misses()), static_cast<double>(counts->misses()), 300);
  EXPECT_EQ(map.arrays[0].lines, 4096);
  EXPECT_EQ(map.arrays[0].misses, 4096);
  EXPECT_EQ(map.arrays[1].misses, 65'536);  // every write
}

TEST(Misses, WhatFitsComesInOnce) {
  const MissMap map = transposed(48);  // 2 x 9 KiB
  EXPECT_EQ(map.arrays[0].misses, 144);
  EXPECT_EQ(map.arrays[1].misses, 144);
}

TEST(Misses, NineLinesDoNotFitASetOfEight) {
  auto* const rounds =
      samples().function<void(const char*, std::size_t, std::size_t, int)>("sample_rounds");
  for (const std::size_t lines : {8, 9}) {
    const Recording seen = kit::lens::record(samples(), 1, kMost, [&](unsigned) {
      rounds(reinterpret_cast<const char*>(in), lines, 4096, 10);
    });
    const MissMap map = kit::lens::miss_map(seen.threads[0], {{"in", in, sizeof in, 4096}});
    EXPECT_EQ(map.arrays[0].misses, lines == 8 ? 8 : 90);
  }
}

TEST(Misses, TheOneUsedLongestAgoGoesFirst) {
  kit::lens::ReplayedCache cache;
  for (std::uintptr_t line = 0; line < 8; ++line) EXPECT_TRUE(cache.misses(64 * line));
  EXPECT_FALSE(cache.misses(0));      // refreshed
  EXPECT_TRUE(cache.misses(64 * 8));  // throws out line 64
  EXPECT_FALSE(cache.misses(0));
  EXPECT_TRUE(cache.misses(64));
  EXPECT_TRUE(cache.misses(1));  // another set
}

TEST(Misses, TheMapSaysWhere) {
  const MissMap map = transposed(kSide);
  ASSERT_EQ(map.arrays[0].rows, 16U);
  ASSERT_EQ(map.arrays[0].columns, 16U);  // a row is 16 lines
  for (const double cell : map.arrays[0].cells) EXPECT_EQ(cell, 1);
  for (const double cell : map.arrays[1].cells) EXPECT_EQ(cell, 16);
  // Only the first row of `out`: one row of cells.
  auto* const rounds =
      samples().function<void(const char*, std::size_t, std::size_t, int)>("sample_rounds");
  const Recording seen = kit::lens::record(samples(), 1, kMost, [&](unsigned) {
    rounds(reinterpret_cast<const char*>(out), 16, 64, 1);
  });
  const MissMap first = kit::lens::miss_map(seen.threads[0], {{"out", out, sizeof out, 1024}});
  for (std::size_t k = 0; k < 256; ++k) EXPECT_EQ(first.arrays[0].cells[k], k < 16 ? 1.0 / 16 : 0);
}

TEST(Misses, APictureIsWrittenWhereOneIsAskedFor) {
  const MissMap map = transposed(48);
  ::unsetenv("KIT_RUN_DIRECTORY");
  EXPECT_EQ(kit::lens::draw(map, "48 x 48", "48 x 48"), "");
  ::setenv("KIT_RUN_DIRECTORY", ::testing::TempDir().c_str(), 1);
  const std::string name = kit::lens::draw(map, "48 x 48", "48 x 48");
  ::unsetenv("KIT_RUN_DIRECTORY");
  EXPECT_EQ(name, "misses-48-x-48.json");
  std::ostringstream text;
  text << std::ifstream(::testing::TempDir() + "/" + name).rdbuf();
  EXPECT_EQ(text.str(), kit::lens::picture(map, "48 x 48"));
  EXPECT_NE(text.str().find(R"("misses":144)"), std::string::npos) << text.str();
}

}  // namespace
