// Maps of misses: how often each part of an array came into the cache. Drawn from the JSON that the
// trace lens writes (tests/lens/trace/miss_map.cpp).
#pragma once

#include <string>
#include <vector>

#include "terminal.hpp"

namespace kit {

/// An array cut into rows x columns cells; each says how often its lines came in, in the mean, below
/// 0 where it has none.
struct DrawnArray {
  std::string name;
  long long lines = 0, misses = 0;
  std::size_t rows = 0, columns = 0;
  std::vector<double> cells;
};

struct MissMap {
  std::string whose;  // "yours"
  std::string title;  // "512 x 512 numbers"
  long long elsewhere = 0;
  std::vector<DrawnArray> arrays;
};

/// THROWS: KitError if `written` isn't such a map.
MissMap read_miss_map(const std::string& written, const std::string& whose);

/// "yours: 33,000 misses, 16,512 lines"
std::string heading(const MissMap& map);

/// One picture, a row of arrays for each map. Readable on a light and on a dark page.
std::string to_svg(const std::vector<MissMap>& maps);

/// A character a cell, at most 80 columns.
std::string to_text(const MissMap& map, const Terminal& terminal);

}  // namespace kit
