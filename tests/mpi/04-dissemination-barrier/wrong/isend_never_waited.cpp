// rejected by: Robust.LeavesNothingBehind
// Starts its sends and forgets to wait for them: each call loses as many requests as it has
// rounds.
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
    MPI_Request send;
    MPI_Isend(nullptr, 0, MPI_BYTE, ahead, 0, comm, &send);
    MPI_Recv(nullptr, 0, MPI_BYTE, behind, 0, comm, MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
