// rejected by: Robust.NeedsNoBuffering
// Sends, then receives, in every round, and forgets that even an empty send may last until its
// receive is posted: then all ranks send and none receives.
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
    MPI_Send(nullptr, 0, MPI_BYTE, ahead, 0, comm);
    MPI_Recv(nullptr, 0, MPI_BYTE, behind, 0, comm, MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
