// Halo exchange: the cells round each rank's block of a grid, brought from the blocks beside it.
#pragma once

#include <mpi.h>

namespace kit {

/// A block of a grid with a halo of width w, and memory to spare at the end of each row:
///
///     <------ ld doubles ------->
///     <-- w --><- nx -><-- w -->     cell (y, x) is data[y * ld + x]
///     h  h  h  h  h  h  h  h  h  p   w rows of halo
///     h  h  h  c  c  c  h  h  h  p   ny rows; c is the block: rows w .. w + ny - 1,
///     h  h  h  c  c  c  h  h  h  p                            columns w .. w + nx - 1
///     h  h  h  h  h  h  h  h  h  p   w rows of halo; p is padding
struct Field {
  double* data;
  int nx, ny, w, ld;
};

/// Fills the halo with the cells of the blocks round this one, those at the corners included.
///
/// `cart` is a Cartesian communicator of two dimensions: 0 is y, 1 is x. The block of the rank at
/// (cy, cx) is the rows cy * ny .. cy * ny + ny - 1 and the columns cx * nx .. cx * nx + nx - 1 of
/// one global grid. Where a dimension is periodic, the grid's last row or column is beside its
/// first; where it isn't, the grid ends: the halo cells beyond its end lie outside.
///
/// REQUIRES: every rank of `cart` calls it, with the same nx, ny and w. ld >= nx + 2w, and may
///   differ. A cell outside may lie in the halo of more than one rank; then it has the same value
///   on all of them. Calls may follow each other at once.
/// ENSURES: each halo cell that is a cell of the global grid has its value. Halo cells outside keep
///   theirs, and so do the block and the padding. With w == 0 there is nothing to do.
///   The call has left nothing behind: no message unread, no request open, no datatype. So types
///   can't be kept from one call to the next.
///   It works without buffering: MPI_Send may wait until its message is received.
///   Tags 0 to 29,999 are yours. Messages with tags from 30,000 up are the caller's: some may be
///   waiting on `cart` when you are called, and must still be there when you return.
///   A receive or probe from any source is refused where it could see more than one rank's message,
///   of this call or of another.
/// THROWS: std::invalid_argument on every rank, before any message, if w < 0, w > nx or w > ny.
/// COST: at most 4 messages sent by a rank, of at most 8w(2nx + 2ny + 4w) bytes together, in at most
///   4 rounds. Messages to the rank itself count; those to MPI_PROC_NULL don't. Each message is sent
///   from the field and received into it, by datatypes where its cells don't lie side by side: no
///   copies. Sends and receives between two ranks only: no collective calls, and no new communicator.
///   A round is one message time. A rank sends one message at a time and receives one at a time,
///   both at once if it likes; sends leave in the order in which they were posted, whether the
///   calls block or not. A blocking send may last until its receive is posted. Computing is free.
void exchange_halo(Field& f, MPI_Comm cart);

}  // namespace kit
