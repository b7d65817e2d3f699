// Reads one file of callgrind: the header names the events, "totals:" has their sums, and lines
// that begin with a number are the costs of one source line of the file that the last fl=, fi= or
// fe= named. The line behind "calls=" is the cost of the function called, which is listed again in
// its own place.
#pragma once

#include <istream>
#include <string>

#include "lens/cache/cache.hpp"

namespace kit::lens {

struct CallgrindFile {
  std::string trigger;  // the name that the client request gave
  bool complete = false;
  CacheCounts counts;
};

/// Written with --compress-strings=no --compress-pos=no. Lines of the files that a learner may edit
/// are marked.
CallgrindFile read_callgrind(std::istream& in);

}  // namespace kit::lens
