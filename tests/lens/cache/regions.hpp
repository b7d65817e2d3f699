// What the two halves of the lens share. The suite (counted_run.cpp) starts its own program under
// valgrind with KIT_CACHE_REGIONS="FD:3,4,7"; that program runs these regions (regions.cpp), each a
// dump of callgrind's with the trigger "region 3", and says over the pipe FD, a line each:
//
//   begin 3
//   right 3             or   wrong 3 TEXT      text with its line feeds as \x01
//   done
#pragma once

#include <string>
#include <vector>

#include "lens/cache/cache.hpp"

namespace kit::lens {

inline constexpr const char* kRegionsVariable = "KIT_CACHE_REGIONS";
inline constexpr char kLineFeed = '\x01';

struct Region {
  std::string name;
  RegionBody body;
};

/// Those that static CacheRegion objects registered, in that order.
const std::vector<Region>& registered_regions();

std::string region_trigger(std::size_t region);

}  // namespace kit::lens
