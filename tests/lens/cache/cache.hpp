// The lens `cache`: what one piece of plain code costs in instructions, reads, writes and cache
// misses, counted by callgrind on a geometry that is the same on every machine: 32 KiB 8-way first
// level, 1 MiB 16-way last level, lines of 64 bytes, least recently used goes first. A write that
// misses brings its line in.
//
// A suite registers regions by name and asks for their counts in its Cost tests:
//
//   using kit::lens::CacheRegion;
//   const CacheRegion k1024("1024 x 1024", [](const kit::lens::Count& count) -> std::string {
//     ... prepare ...
//     count([&] { transpose(in, out, 1024, 1024); });   // only this is counted, from a cold cache
//     return right(out) ? "" : "out[17] is 3, not 4";   // no counts for a wrong result
//   });
//
//   TEST(Cost, Misses) {
//     const auto counts = kit::lens::cache_counts("1024 x 1024");
//     if (!counts) return;                              // the test has failed, and said why
//
// The first question starts the suite's program once more under valgrind, which runs all regions
// and nothing else. Calling the region costs 8 instructions, 1 read, 2 writes and at most 1 miss:
// bounds need no correction.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

#include "harness/report.hpp"

namespace kit::lens {

inline constexpr int kLineBytes = 64;
inline constexpr int kL1Bytes = 32768;
inline constexpr int kL1Ways = 8;
inline constexpr int kL1Sets = kL1Bytes / kLineBytes / kL1Ways;
inline constexpr int kLastLevelBytes = 1 << 20;

/// What one source line cost.
struct LineCost {
  std::string file;  // base name
  int line = 0;
  std::int64_t read_misses = 0;
  std::int64_t write_misses = 0;
  bool of_submission = false;
};

struct CacheCounts {
  std::int64_t instructions = 0;
  std::int64_t reads = 0;
  std::int64_t writes = 0;
  std::int64_t read_misses = 0;  // first level, data
  std::int64_t write_misses = 0;
  std::int64_t last_level_misses = 0;  // reads and writes of data
  std::int64_t branches = 0;           // conditional and indirect
  std::int64_t mispredictions = 0;
  std::vector<LineCost> lines;  // of all files, also the library's

  std::int64_t misses() const { return read_misses + write_misses; }
  /// The line with the most of `what`, where it is the submission's; nothing where a line of the
  /// library has more, for then no line of the learner's is to blame by itself.
  std::optional<LineCost> worst_line(std::int64_t LineCost::*what) const;
};

/// Given to a region's body: runs a piece of code with the counters on, once.
class Count {
 public:
  explicit Count(std::size_t region) : region_(region) {}

  template <class Code>
  void operator()(Code&& code) const {
    using Plain = std::remove_reference_t<Code>;
    run([](void* it) { (*static_cast<Plain*>(it))(); }, &code);
  }

 private:
  void run(void (*code)(void*), void* data) const;
  std::size_t region_;
};

/// Returns what is wrong with the result, or nothing.
using RegionBody = std::function<std::string(const Count&)>;

/// A static object of this type registers a region.
class CacheRegion {
 public:
  CacheRegion(std::string name, RegionBody body);
};

/// The counts of a region of this program; where there are none, the running test fails with the
/// reason. A reason that begins with "kit: " is not the submission's fault.
std::optional<CacheCounts> cache_counts(const std::string& name,
                                        harness::Where where = harness::Where::here());

/// What one region came to: `problem` is empty if it has counts.
struct RegionResult {
  CacheCounts counts;
  std::string problem;
  bool kit_fault = false;
};

/// Counts the named regions now, without remembering; cache_counts() does it once for all of them.
/// `net` bounds the whole run: nothing that a suite asks for comes near it.
std::vector<RegionResult> count_regions(const std::vector<std::string>& names,
                                        std::chrono::seconds net = std::chrono::seconds(300));

}  // namespace kit::lens
