// rejected by: Cost.LogarithmicRounds
// Folds the ranks above the last power of two into those below, and lets those exchange: right,
// but two rounds more where p is no power of two, one more than are needed.
#include "barrier.hpp"

#include <mpi.h>

#include <bit>

namespace kit {

void barrier(MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const int low = static_cast<int>(std::bit_floor(static_cast<unsigned>(size)));
  if (rank >= low) {
    MPI_Send(nullptr, 0, MPI_BYTE, rank - low, 0, comm);
    MPI_Recv(nullptr, 0, MPI_BYTE, rank - low, 1, comm, MPI_STATUS_IGNORE);
    return;
  }
  if (rank + low < size) MPI_Recv(nullptr, 0, MPI_BYTE, rank + low, 0, comm, MPI_STATUS_IGNORE);
  for (int mask = 1; mask < low; mask *= 2) {
    MPI_Sendrecv(nullptr, 0, MPI_BYTE, rank ^ mask, 0, nullptr, 0, MPI_BYTE, rank ^ mask, 0, comm,
                 MPI_STATUS_IGNORE);
  }
  if (rank + low < size) MPI_Send(nullptr, 0, MPI_BYTE, rank + low, 1, comm);
}

}  // namespace kit
