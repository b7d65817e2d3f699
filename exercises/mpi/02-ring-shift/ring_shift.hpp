// Ring shift: every rank's block moves the same number of ranks round a ring, all at once.
#pragma once

#include <mpi.h>

#include <cstddef>
#include <span>

namespace kit {

/// Moves the block of every rank r to rank r + steps, counted round the ring of all ranks of
/// `comm`; with negative steps to the left. On return `block` holds what rank r - steps had.
///
/// REQUIRES: every rank of `comm` calls it, with the same steps and the same block.size(), at most
///   INT_MAX bytes. `steps` may be any int, of either sign and beyond the number of ranks. `comm`
///   may be any communicator, of any number of ranks, in any order. Calls may follow each other at
///   once.
/// ENSURES: on return the block is the one that came, and the call has left nothing behind: no
///   message unread, no request open, no datatype or communicator. A rank may return before others
///   have theirs. With 0 bytes block.data() may be null, and no message is needed.
///   Tags 0 to 29,999 are yours. Messages with tags from 30,000 up are the caller's: some may be
///   waiting on `comm` when you are called, and must still be there when you return.
///   Name the source of what you receive or probe for: a wildcard receive or probe that could see
///   another call's message is refused.
///   Both ends of a message name the same type. What counts is what the type is made of, as MPI has
///   it: n of MPI_BYTE fit one contiguous type of n MPI_BYTE, but MPI_BYTE doesn't fit MPI_CHAR.
///   Memory that MPI is still using is left alone: nothing is written where a send isn't over.
///   It works with any MPI: a send that blocks may last until its receive is posted, whatever the
///   size, so the call must end even if no message is ever buffered by the library. (A buffer that
///   you attach yourself for MPI_Bsend is yours, and allowed.)
/// COST: each rank sends one message and receives one, of block.size() bytes, whatever the steps;
///   none if steps is a multiple of the number of ranks. At most 3 rounds. Memory for one more
///   block is allowed. Sends and receives between two ranks only: no collective calls, and no new
///   communicator.
///   A round is one message time. A rank sends one message at a time and receives one at a time,
///   both at once if it likes; sends leave in the order in which they were posted, whether the
///   calls block or not. A blocking send may last until its receive is posted. Computing is free.
void ring_shift(std::span<std::byte> block, int steps, MPI_Comm comm);

}  // namespace kit
