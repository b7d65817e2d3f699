// Ping-pong: what a message costs between two ranks, measured with nothing but messages and a clock.
#pragma once

#include <mpi.h>

namespace kit {

/// A message of n bytes takes latency_s + n / bytes_per_s one way.
struct Link {
  double latency_s;
  double bytes_per_s;
};

/// Measures the link between ranks `a` and `b` of `comm`. One way is half of a round trip in which n
/// bytes go there and n bytes come back; the two directions need not be alike.
///
/// REQUIRES: every rank of `comm` calls it, with the same a and b. Nothing else is under way on
///   `comm`. `comm` may be any communicator of two ranks or more, in any order.
/// ENSURES: every rank returns the same answer, bit by bit, and on a link that follows the formula
///   both numbers are within 1 % of the truth.
///   Time is read with MPI_Wtime. The clocks of two ranks are unrelated: they may differ by seconds.
///   The first message from a to b is slow, and so is the first from b to a. Of 16 messages in a row
///   in one direction one is late, by tens of milliseconds: you can't know which, and each direction
///   has late ones of its own. Neither the first nor the late ones may show in the answer.
///   Tags are free, and so are wildcards, since nothing else is under way.
///   The call leaves nothing behind: no message unread, no request open, no datatype or communicator.
/// THROWS: std::invalid_argument on every rank, before any message or collective call, if a == b or
///   one of them is not a rank of `comm`.
/// COST: between a and b messages of at least 5 sizes go both ways, at least three of each size in
///   each direction, and of each size at most one more in one direction than in the other; the
///   largest of these sizes is at least 1 MiB (1,048,576 bytes). Further sizes may be sent less
///   often, the answer itself among them: one message of its size, one way. At most 2,000 messages
///   and 256 MiB in each direction. Any other rank sends at most ceil(log2 size) messages. Collective calls are
///   allowed and don't count as messages.
Link measure_link(MPI_Comm comm, int a, int b);

}  // namespace kit
