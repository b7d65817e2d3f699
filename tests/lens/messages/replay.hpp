// What the messages of a log would cost on a machine where each rank sends one message at a time
// and receives one at a time, both at once if it likes, and where every standard send waits for its
// receive.
//
// Each rank has a clock, an out-port and an in-port. A send or receive is posted at the rank's
// clock; waiting moves the clock to the end of what was waited for. Of all messages whose send and
// receive are both posted, the one that can start first goes first; it takes both ports for alpha +
// beta * bytes. Ties: the send posted earlier, for the same sender the order of posting, then the
// receive posted earlier, then the lower event. Computing is free.
//
// With alpha = 1 and beta = 0 the end is the number of rounds; with 0 and 1 the volume on the
// longest chain. If nothing can start and a rank isn't at its end, the program relied on sends that
// don't wait.
//
// For the time on a described machine the rest of LogGP (Alexandrov et al. 1995) comes in: a message
// is on its way for `latency`, in which it holds no port; each end works `overhead` for it; two
// messages leave a rank `gap` apart at least. Up to `eager` bytes it leaves without waiting for its
// receive, and its send ends at once; a longer one first asks, which costs the way there and back.
#pragma once

#include "lens/messages/match.hpp"

namespace kit::lens {

struct Network {
  double alpha = 1;  // of a message, at both ports
  double beta = 0;   // of a byte, at both ports
  double latency = 0;
  double overhead = 0;
  double gap = 0;
  std::int64_t eager = -1;  // in bytes
};

/// Hosts on 100 Gbit/s Ethernet, in seconds.
inline constexpr Network kCluster{.alpha = 0,
                                  .beta = 1 / 12.5e9,
                                  .latency = 15e-6,
                                  .overhead = 0.5e-6,
                                  .gap = 1e-6,
                                  .eager = 65'536};

struct Transfer {
  int message = 0;  // of Matches::messages
  double start = 0;
  double end = 0;
  int because = -1;  // the transfer whose end let this one start; -1: it started at once
};

/// A rank stands in a call that can't end yet; its ports may be at work.
struct Standstill {
  int rank = 0;
  double start = 0;
  double end = 0;
};

struct Replay {
  double end = 0;
  std::vector<Standstill> standstills;
  std::vector<Transfer> transfers;  // by start
  /// For each rank the event at which it waits for ever, or -1 if it reached its end.
  std::vector<int> waits_at;

  bool stuck() const {
    for (const int at : waits_at) {
      if (at >= 0) return true;
    }
    return false;
  }
};

Replay replay(const Log& log, const Matches& matches, Network network);

}  // namespace kit::lens
