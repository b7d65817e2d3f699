// The proof that no rank can ever go on, from the logs and from what each rank waits for. No time
// limit is involved: it holds if every rank is blocked or has returned, and nothing that a blocked
// one waits for is there or can come.
#pragma once

#include <optional>

#include "lens/messages/match.hpp"

namespace kit::lens {

struct Waiting {
  int rank = 0;
  bool returned = false;  // from the function under test
  Call call = Call::Send;
  std::uint64_t site = 0;
  std::vector<int> for_ranks;  // any of which could let it go on; empty: any rank at all
  bool sends = false;          // waits for its message to be received (else: for one to come)
  int tag = kAnyTag;           // of the message waited for, on communicator `comm`
  std::uint32_t comm = 1;
  bool threw = false;  // left the function by an exception
};

struct Hang {
  std::vector<Waiting> ranks;  // one a rank, in order
  // Ranks that wait for each other, each for the next; empty: a chain to one that returned.
  std::vector<int> circle;
};

/// A standard send of up to this many bytes may end without its receive; a longer one waits for it
/// (ob1's eager limit in shared memory, which the harness sets).
inline constexpr std::int64_t kEagerBytes = 4096;

std::optional<Hang> prove_hang(const Log& log, const std::vector<RankState>& states);

/// The circle of ranks in `next` (each rank's first wait, or -1), begun at its lowest rank; empty
/// if there is none.
std::vector<int> find_circle(const std::vector<int>& next);

}  // namespace kit::lens
