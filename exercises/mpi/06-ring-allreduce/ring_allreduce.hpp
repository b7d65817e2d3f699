// Ring all-reduce: each rank's numbers summed element by element, the sums on every rank.
#pragma once

#include <mpi.h>

#include <span>

namespace kit {

/// Replaces data[i] on every rank of `comm` by the sum of data[i] over all ranks.
///
/// REQUIRES: every rank of `comm` calls it, with the same data.size(), at most INT_MAX elements.
///   `comm` may be any communicator, of any number of ranks, in any order. Calls may follow each
///   other at once.
/// ENSURES: on return data[i] is the sum, the same bits on every rank. A sum is made of additions of
///   two floats, each rank's number once, in any order; so it may differ by rounding from a sum in
///   another order. The call has left nothing behind: no message unread, no request open, no
///   datatype or communicator. A rank may return before others.
///   It works without buffering: MPI_Send may wait until its message is received.
///   Tags 0 to 29,999 are yours. Messages with tags from 30,000 up are the caller's: some may be
///   waiting on `comm` when you are called, and must still be there when you return.
///   A receive or probe from any source is refused where it could see more than one rank's message,
///   of this call or of another.
///   Both ends of a message name the same type, and memory that MPI is still using is left alone: what
///   a pending send comes from may be read, not written or received into.
/// COST: with n = data.size() elements and p ranks, each rank sends to one other rank only, at most
///   2(p - 1) messages with at most 2 * ceil(n / p) * (p - 1) elements of 4 bytes together; at most
///   2(p - 1) rounds. So one rank alone sends nothing. A message of 0 elements counts as a message,
///   and need not be sent. Sends and receives between two ranks only: no collective calls, and no
///   new communicator.
///   A round is one message time. A rank sends one message at a time and receives one at a time,
///   both at once if it likes; sends leave in the order in which they were posted, whether the
///   calls block or not. A blocking send may last until its receive is posted. Computing is free.
void ring_allreduce(std::span<float> data, MPI_Comm comm);

}  // namespace kit
