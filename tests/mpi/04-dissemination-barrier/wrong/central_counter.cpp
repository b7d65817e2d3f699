// rejected by: Cost.LogarithmicRounds
// Lets rank 0 hear from all and answer all: right, but rank 0 receives and sends one message after
// the other, and 8 ranks wait 14 message times and not 3.
#include "barrier.hpp"

#include <mpi.h>

namespace kit {

void barrier(MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (rank == 0) {
    for (int r = 1; r < size; ++r) {
      MPI_Recv(nullptr, 0, MPI_BYTE, r, 0, comm, MPI_STATUS_IGNORE);
    }
    for (int r = 1; r < size; ++r) MPI_Send(nullptr, 0, MPI_BYTE, r, 1, comm);
  } else {
    MPI_Send(nullptr, 0, MPI_BYTE, 0, 0, comm);
    MPI_Recv(nullptr, 0, MPI_BYTE, 0, 1, comm, MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
