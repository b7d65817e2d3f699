// Barrier: nobody goes on before everybody is there.
#pragma once

#include <mpi.h>

namespace kit {

/// Holds every rank of `comm` until all of them have entered.
///
/// REQUIRES: every rank of `comm` calls it, as often as the others. `comm` may be any communicator,
///   of any number of ranks, in any order. Calls may follow each other at once.
/// ENSURES: no rank returns before every rank of `comm` has entered this call (and not only an
///   earlier one). That must follow from the messages: for every two ranks a and b a chain of
///   messages leads from a, after it has entered, to b, before it returns. What holds by timing or
///   by luck is refused, and so is a wildcard receive or probe that could see another message, from
///   another source, than the one it took.
///   The call has left nothing behind: no message unread, no request open, no datatype or
///   communicator.
///   Tags 0 to 29,999 are yours, in every call. Messages with tags from 30,000 up are the caller's:
///   some may be waiting on `comm` when you are called, and must still be there when you return.
///   It works with any MPI: a send that blocks may last until its receive is posted, so the call
///   must end even if no message is ever buffered by the library, an empty one included. (A buffer
///   that you attach yourself for MPI_Bsend is yours, and allowed.)
/// COST: at most ceil(log2 size) rounds; a rank sends at most that many messages and receives at
///   most that many, of at most 8 bytes each. So 1 rank needs none. Sends and receives between two
///   ranks only: no collective calls, and no new communicator.
///   A round is one message time, whatever the size. A rank sends one message at a time and
///   receives one at a time, both at once if it likes; sends leave in the order in which they were
///   posted, whether the calls block or not. A blocking send may last until its receive is posted.
///   Computing is free.
void barrier(MPI_Comm comm);

}  // namespace kit
