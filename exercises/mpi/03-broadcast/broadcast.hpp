// Broadcast: one rank's bytes for every rank of a communicator, by messages between two ranks.
#pragma once

#include <mpi.h>

#include <cstddef>
#include <span>

namespace kit {

/// Copies `data` of rank `root` to `data` of every rank of `comm`.
///
/// REQUIRES: every rank of `comm` calls it, with the same root and the same data.size(), at most
///   INT_MAX bytes. `comm` may be any communicator, of any number of ranks, in any order. Calls may
///   follow each other at once.
/// ENSURES: on return the rank's `data` holds the root's bytes, and the call has left nothing
///   behind: no message unread, no request open, no datatype or communicator. A rank may return
///   before others have theirs. With 0 bytes no message is needed.
///   Tags 0 to 29,999 are yours. Messages with tags from 30,000 up are the caller's: some may be
///   waiting on `comm` when you are called, and must still be there when you return.
///   Name the source of what you receive or probe for: a wildcard receive or probe that could see
///   another call's message is refused.
/// THROWS: std::invalid_argument on every rank, before any message, if `root` is not a rank of
///   `comm`.
/// COST: size - 1 messages in all, and every rank but the root receives one; at most
///   ceil(log2 size) rounds, whatever the root. Sends and receives between two ranks only: no
///   collective calls, and no new communicator.
///   A round is one message time. A rank sends one message at a time and receives one at a time,
///   both at once if it likes; sends leave in the order in which they were posted, whether the
///   calls block or not. A blocking send may last until its receive is posted. Computing is free.
void broadcast(std::span<std::byte> data, int root, MPI_Comm comm);

}  // namespace kit
