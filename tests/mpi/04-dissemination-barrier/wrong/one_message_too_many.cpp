// rejected by: Robust.LeavesNothingBehind
// Sends one round more than it receives: the last message stays unread, and a program that waits a
// million times fills its memory with them.
#include "barrier.hpp"

#include <mpi.h>

namespace kit {

void barrier(MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  for (int distance = 1; distance < size; distance *= 2) {
    const int ahead = (rank + distance) % size;
    const int behind = (rank - distance + size) % size;
    MPI_Sendrecv(nullptr, 0, MPI_BYTE, ahead, 0, nullptr, 0, MPI_BYTE, behind, 0, comm,
                 MPI_STATUS_IGNORE);
  }
  if (size > 2) {
    MPI_Request send;
    MPI_Isend(nullptr, 0, MPI_BYTE, (rank + 1) % size, 1, comm, &send);
    MPI_Request_free(&send);
  }
}

}  // namespace kit
