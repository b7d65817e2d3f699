// rejected by: Robust.CallersMessagesStay
// Forgets that others use the communicator too: it takes whatever its neighbour sent first, the
// caller's own message as well, and leaves early.
#include "barrier.hpp"

#include <mpi.h>

#include <cstddef>

namespace kit {

void barrier(MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  for (int distance = 1; distance < size; distance *= 2) {
    const int ahead = (rank + distance) % size;
    const int behind = (rank - distance + size) % size;
    std::byte ignored;
    MPI_Sendrecv(nullptr, 0, MPI_BYTE, ahead, 0, &ignored, 1, MPI_BYTE, behind, MPI_ANY_TAG, comm,
                 MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
