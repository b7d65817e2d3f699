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
#pragma once

#include "lens/messages/match.hpp"

namespace kit::lens {

struct Network {
  double alpha = 1;  // of a message
  double beta = 0;   // of a byte
};

struct Transfer {
  int message = 0;  // of Matches::messages
  double start = 0;
  double end = 0;
  int because = -1;  // the transfer whose end let this one start; -1: it started at once
};

struct Replay {
  double end = 0;
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
