// Calls that MPI doesn't allow though they may seem to work: sends and receives whose types or sizes
// don't fit, buffers that two operations use at once, one-sided calls outside of an epoch.
#pragma once

#include <string>

#include "lens/messages/match.hpp"

namespace kit::lens {

/// A receive that is shorter than its message, or of another type.
struct Mismatch {
  int from = 0, send = 0;  // rank and event
  int to = 0, recv = 0;
  bool shorter = false;  // else the type
};
std::vector<Mismatch> find_mismatches(const Log& log, const Matches& matches);

/// Memory that one operation receives into while another of the same rank is using it. Seen only in
/// messages without gaps, of which every byte is known.
struct Overlap {
  int rank = 0;
  int first = 0, second = 0;  // events
};
std::vector<Overlap> find_overlaps(const Log& log);

/// Memory whose bytes changed while a send from it was under way. Seen only in messages without gaps
/// whose end the caller was told of.
struct Overwrite {
  int rank = 0;
  int send = 0;     // event
  Call found_by{};  // the call that ended the send
  std::uint64_t found_at = 0;
};
std::vector<Overwrite> find_overwrites(const Log& log);

struct Misuse {
  int rank = 0;
  EpochFault fault{};
  Call call{};
  std::uint64_t site = 0;
};
std::vector<Misuse> find_misuses(const Log& log);

std::string mismatch_story(const Log& log, const Mismatch& mismatch);
std::string overlap_story(const Log& log, const Overlap& overlap);
std::string overwrite_story(const Log& log, const Overwrite& overwrite);
std::string misuse_story(const Misuse& misuse);

}  // namespace kit::lens
