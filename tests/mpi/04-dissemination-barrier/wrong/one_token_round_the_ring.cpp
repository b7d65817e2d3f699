// rejected by: Correct.NobodyLeavesEarly, Correct.FourRanks
// Sends a token round the ring once: rank 0 then knows of all, but the others leave as soon as it
// has passed them, before those behind them have come.
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
  if (rank == 0) MPI_Send(nullptr, 0, MPI_BYTE, next, 0, comm);
  MPI_Recv(nullptr, 0, MPI_BYTE, previous, 0, comm, MPI_STATUS_IGNORE);
  if (rank != 0) MPI_Send(nullptr, 0, MPI_BYTE, next, 0, comm);
}

}  // namespace kit
