// rejected by: Cost.FewSmallMessages, Cost.LogarithmicRounds
// Goes round the ring once more after it has disseminated, to be sure: each rank sends one message
// more than is needed, and all wait a round longer.
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
  if (size > 1) {
    const int ahead = (rank + 1) % size;
    const int behind = (rank - 1 + size) % size;
    MPI_Sendrecv(nullptr, 0, MPI_BYTE, ahead, 0, nullptr, 0, MPI_BYTE, behind, 0, comm,
                 MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
