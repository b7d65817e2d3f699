// The map of the misses: which parts of which array came into the first-level cache how often, by
// replaying the recorded accesses of one thread through a cache of 32 KiB, 8 ways, lines of 64
// bytes, least recently used goes first, empty at the start: the cache of the lens `cache`. An
// access that straddles two lines touches both.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "lens/trace/trace.hpp"

namespace kit::lens {

class ReplayedCache {
 public:
  static constexpr std::uintptr_t kLine = 64;

  ReplayedCache() {
    for (auto& set : sets_) set.fill(kNothing);
  }
  /// True if the line with this number (address / 64) wasn't there. It is now.
  bool misses(std::uintptr_t line);

 private:
  static constexpr std::size_t kSets = 64, kWays = 8;
  static constexpr std::uintptr_t kNothing = ~std::uintptr_t{0};
  std::array<std::array<std::uintptr_t, kWays>, kSets> sets_;  // the last used first
};

/// What the map is drawn of: an array that lies row after row.
struct NamedArray {
  std::string name;
  const void* begin = nullptr;
  std::size_t bytes = 0;
  std::size_t row_bytes = 0;
};

/// How often the lines of an array came in. The array's rows and columns are cut into at most 16 x
/// 32 cells; a cell has the mean of the lines that begin in it, below 0 where none does.
struct ArrayMisses {
  std::string name;
  std::int64_t lines = 0, misses = 0;
  std::size_t rows = 0, columns = 0;  // of cells
  std::vector<double> cells;          // row after row
};

struct MissMap {
  std::vector<ArrayMisses> arrays;
  std::int64_t elsewhere = 0;  // misses on other memory
  std::int64_t misses() const;
};

MissMap miss_map(const std::vector<Access>& accesses, const std::vector<NamedArray>& arrays);

/// For Evidence::picture: writes the map into the run directory and returns the file's name, or ""
/// where nobody asks for pictures. `kit show ID --misses` draws it.
std::string draw(const MissMap& map, const std::string& title, const std::string& key);
std::string picture(const MissMap& map, const std::string& title);

}  // namespace kit::lens
