// What must have happened before what, by vector clocks over a log (Lamport 1978; Fidge and Mattern
// 1988), and what follows: wildcard receives that might have taken another message, and ranks that
// leave a barrier too early. Both are decided by the order that messages enforce, so a single run
// shows them, at any timing.
#pragma once

#include "lens/messages/match.hpp"

namespace kit::lens {

/// clock[r][i][q]: how many events of rank q have happened, for certain, when event i of rank r is
/// over.
using VectorClock = std::vector<std::uint32_t>;
using Clocks = std::vector<std::vector<VectorClock>>;
Clocks vector_clocks(const Log& log, const Matches& matches);

/// A receive from any source took one message, and another could have come first (Netzer and Miller
/// 1992).
struct Race {
  int rank = 0;
  int receive = 0;  // event
  int took_from = 0;
  int took_send = 0;  // event of that rank, or -1
  int other_from = 0;
  int other_send = 0;
};
std::vector<Race> races(const Log& log, const Matches& matches, const Clocks& clocks);

/// A rank left call number `call` of the function, and no chain of messages tells it that `missing`
/// has entered it.
struct EarlyLeave {
  int call = 0;
  int rank = 0;
  int missing = 0;
};
std::vector<EarlyLeave> early_leaves(const Log& log, const Clocks& clocks);

/// The call of the function under test (1, 2, ...) that the event belongs to; 0 before the first
/// Enter.
int call_number(const std::vector<Event>& events, int event);

}  // namespace kit::lens
