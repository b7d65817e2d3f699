// rejected by: Cost.LogarithmicRounds
// Sends a token round the ring twice, once to count and once to let go: right, but 8 ranks wait 16
// message times.
#include "barrier.hpp"

#include <mpi.h>

namespace kit {

void barrier(MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (size == 1) return;
  const int next = (rank + 1) % size;
  const int previous = (rank - 1 + size) % size;
  for (int lap = 0; lap < 2; ++lap) {
    if (rank == 0) MPI_Send(nullptr, 0, MPI_BYTE, next, lap, comm);
    MPI_Recv(nullptr, 0, MPI_BYTE, previous, lap, comm, MPI_STATUS_IGNORE);
    if (rank != 0) MPI_Send(nullptr, 0, MPI_BYTE, next, lap, comm);
  }
}

}  // namespace kit
