// rejected by: Correct.NobodyLeavesEarly
// Counts what comes and not from whom: a message of a later round is taken for one of this round,
// and the rank leaves knowing of fewer than all.
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
    MPI_Sendrecv(nullptr, 0, MPI_BYTE, ahead, 0, nullptr, 0, MPI_BYTE, MPI_ANY_SOURCE, 0, comm,
                 MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
