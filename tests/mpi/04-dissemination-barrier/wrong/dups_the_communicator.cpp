// rejected by: Cost.OwnMessages
// Makes a communicator in every call to keep its messages apart: that waits for all ranks by
// itself, and costs more than the barrier.
#include "barrier.hpp"

#include <mpi.h>

namespace kit {

void barrier(MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  MPI_Comm own;
  MPI_Comm_dup(comm, &own);
  for (int distance = 1; distance < size; distance *= 2) {
    const int ahead = (rank + distance) % size;
    const int behind = (rank - distance + size) % size;
    MPI_Sendrecv(nullptr, 0, MPI_BYTE, ahead, 0, nullptr, 0, MPI_BYTE, behind, 0, own,
                 MPI_STATUS_IGNORE);
  }
  MPI_Comm_free(&own);
}

}  // namespace kit
