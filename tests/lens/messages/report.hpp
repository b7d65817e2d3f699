// What the lens saw in one case, as a plain value on which suites assert, and its words for people.
#pragma once

#include <optional>
#include <string>

#include "lens/messages/causality.hpp"
#include "lens/messages/hang.hpp"
#include "lens/messages/replay.hpp"
#include "lens/messages/usage.hpp"

namespace kit::lens {

struct RankTotals {
  int sent = 0;
  int received = 0;
  std::int64_t bytes_sent = 0;
  std::int64_t bytes_received = 0;
  int sent_to = 0;  // different ranks
};

/// A message in the replay with one unit of time each.
struct Step {
  int round = 0;  // 1 is the first
  int from = 0;
  int to = 0;
  int tag = 0;
  std::int64_t bytes = 0;
  std::uint64_t site = 0;  // of the send
};

struct Leftover {
  enum class Kind {
    UnreadMessage,
    UnmatchedReceive,
    OpenRequest,
    Datatype,
    Communicator,
    PersistentRequest,
    Group,
    Operator,
    Window
  };
  Kind kind{};
  int rank = 0;
  Call call{};
  std::uint64_t site = 0;
  int peer = kUnknown;  // UnreadMessage: for whom; UnmatchedReceive: from whom
  int tag = 0;
};

struct ForbiddenCall {
  Call call{};
  std::uint64_t site = 0;
  std::vector<int> ranks;
};

/// A receive that took a message of the caller's (a tag from kFirstCallersTag up).
struct Theft {
  int rank = 0;
  int from = 0;
  int tag = 0;
  Call call{};
  std::uint64_t site = 0;
};
inline constexpr int kFirstCallersTag = 30'000;

/// A message that doesn't start and end inside any memory that the suite named (harness::field).
struct Outside {
  int rank = 0;   // whose memory
  int event = 0;  // the send or receive
  Call call{};
  std::uint64_t site = 0;
  bool sends = false;
  int peer = kUnknown;
  std::int64_t bytes = 0;
};

struct MessageReport {
  int ranks = 0;
  int messages = 0;
  int rounds = 0;  // of the replay; as far as it got, if stuck
  std::vector<RankTotals> totals;
  std::vector<Step> steps;          // by round
  std::vector<Step> critical_path;  // the longest chain of messages
  std::optional<Hang> stuck;        // the replay can't go on: the program relies on buffering
  std::vector<Race> races;
  std::vector<EarlyLeave> early_leaves;
  std::vector<Leftover> leftovers;
  std::vector<ForbiddenCall> forbidden;
  std::vector<Theft> thefts;
  std::vector<Outside> outside;  // of ranks that named a field
  std::vector<Mismatch> mismatches;
  std::vector<Overlap> overlaps;
  std::vector<Overwrite> overwrites;
  std::vector<Misuse> misuses;
  std::vector<int> clock_reads;  // of each rank, calls of MPI_Wtime
  Log log;
  bool overflow = false;
};

MessageReport make_report(Log log);

/// How long the run would take on such a network, in its unit of time; as far as it gets, if stuck.
double predicted_time(const MessageReport& report, const Network& network = kCluster);

/// The run in rounds as JSON, for whoever draws it: lanes, messages, waiting, the critical path and,
/// if it is stuck, at which line each rank stands.
std::string picture(const MessageReport& report, const std::string& title);

/// "round  1 2 3 / rank 0  >1 >2 >4": who sends (>to) and receives (<from) in each round; at most
/// `rows` ranks.
std::string round_table(const MessageReport& report, int rows = 9);

/// The rows of a hang or a circle:
/// "rank 0   MPI_Send to 1   ring_shift.cpp:14   <- closes the circle".
std::string hang_story(const Hang& hang);
/// "Rank 3 sent tag 1 (ring_shift.cpp:14); rank 4 waits for tag 0.", if a message that nobody
/// receives is there for a rank that waits for one of another tag from the same rank; else empty.
std::string wrong_tag_story(const Hang& hang, const Log& log);
std::string race_story(const Log& log, const Race& race);
std::string leftover_story(const Leftover& leftover);
/// "Rank 2, MPI_Send to 1 (halo.cpp:31): its 24 bytes are not in the field".
std::string outside_story(const Outside& outside);
/// "One thing is left behind when all ranks are back:", the first of them, and what it does to the
/// calls that follow. At least one.
std::string leftovers_story(const std::vector<Leftover>& leftovers);

/// "1, 3, 5 to 7", of at least one rank, in order.
std::string rank_list(const std::vector<int>& ranks);

}  // namespace kit::lens
