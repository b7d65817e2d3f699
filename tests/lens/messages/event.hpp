// What a rank did, one event each, in its order. This is all that matching, replay, causality and
// the proof of a hang read: plain values, which a test can write by hand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "lens/messages/call.hpp"

namespace kit::lens {

inline constexpr int kAnySource = -1;
inline constexpr int kAnyTag = -1;
// Not said yet (a wildcard that took nothing), or a rank outside the case.
inline constexpr int kUnknown = -2;

/// Ranks and events are numbered as MPI numbers them, by int; a vector counts otherwise.
inline std::size_t at(int i) {
  return static_cast<std::size_t>(i);
}

enum class Kind : std::uint8_t {
  Send,       // posted; `peer` is the destination
  Recv,       // posted; `peer` and `tag` may be wildcards
  Done,       // the operation posted by event `op` has ended, and the caller knows
  Probe,      // a probe that found a message (took_from, took_tag)
  Enter,      // the suite enters the function under test ...
  Leave,      // ... and leaves it
  Forbidden,  // a call that isn't point-to-point, a type or local; `comm` is its communicator.
              // Collective: `object` has a bit for each rank that it needs, and if it doesn't block
              // (MPI_Ibarrier) it is an operation, and `bytes` is 1
  Made,       // a datatype (call: Type_*) or communicator (Comm_*, Cart_*), named by `object`
  Freed,      // the same
  Changed,    // the memory that the send `op` comes from was written to before it was over: seen by
              // `call`, which ended it
  Misuse,     // a call on window `object` outside of its epoch; `tag` is an EpochFault
  Field,      // the suite names memory that messages are to come from and go to: [first, past)
};

enum class Mode : std::uint8_t {
  Standard,     // may wait for its receive
  Synchronous,  // waits for its receive
  Buffered,     // Bsend: openly copied, never waits
};

// What can be wrong with one-sided calls. An epoch is the time in which a rank may reach into the
// others' windows: from fence to fence, lock to unlock, start to complete.
enum class EpochFault : std::int32_t {
  NoEpoch,      // MPI_Put and its like before one was begun
  NotOpen,      // the end of one that wasn't begun
  AlreadyOpen,  // the beginning of one inside another
  LeftOpen,     // the window is freed, or the case over, before its end
};

struct Event {
  Kind kind = Kind::Enter;
  Mode mode = Mode::Standard;
  Call call = Call::Send;
  bool cancelled = false;
  std::uint8_t basic = 0;        // of what the message is made: a BasicType (basic_type.hpp)
  bool waits = false;            // a standard send that was made to wait for its receive
  std::int32_t peer = kUnknown;  // a rank of the case's communicator
  std::int32_t tag = 0;
  std::int32_t op = -1;
  std::int32_t took_from = kUnknown;  // Recv that has ended, Probe: from whom and with which tag
  std::int32_t took_tag = kUnknown;
  std::uint32_t comm = 1;  // 1 is the case's communicator
  std::int64_t bytes = 0;  // of the message sent, or of the room for the one received
  std::uint64_t object = 0;
  std::uint64_t site = 0;  // where the call stands: return address, from the start of the program
  // The memory that the message comes from or goes to, from its first byte to the one past its last
  // (in types with gaps, the gaps between are counted in); addresses of this rank. No bytes: 0, 0.
  std::uint64_t first = 0;
  std::uint64_t past = 0;
  double arrives = 0;  // Send, where the lens makes the time: when it comes
};

/// One vector a rank of the case's communicator.
using Log = std::vector<std::vector<Event>>;

/// What a rank is doing now, for the proof of a hang.
enum class State : std::int32_t {
  Running,   // computing, or in a call that returns by itself
  Blocked,   // in a call that may wait; `Blocked` says for what
  Returned,  // back from the function under test, waiting for the other ranks
};

struct Blocked {
  static constexpr int kRoom = 64;
  Call call = Call::Send;
  bool any = false;        // one of the operations is enough (Waitany, Waitsome)
  bool complete = true;    // all operations are in `ops`
  std::int32_t count = 0;  // operations waited for
  std::int32_t ops[kRoom] = {};
  std::int32_t peer = kUnknown, tag = kAnyTag;  // Probe
  std::uint32_t comm = 1;                       // Probe and collectives
  std::uint64_t needs = 0;                      // collectives: a bit for each rank of the case
  std::uint64_t site = 0;
};

struct RankState {
  State state = State::Running;
  int arrivals = 0;  // how many meetings of the harness (its barriers) this rank has come to
  Blocked blocked = {};
};

}  // namespace kit::lens
