// rejected by: Correct.NobodyLeavesEarly, Correct.FiveRanks
// Rounds the number of rounds down: with 5 ranks each hears of 3 others only, and may leave before
// the fourth has come.
#include "barrier.hpp"

#include <mpi.h>

namespace kit {

void barrier(MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  for (int distance = 1; 2 * distance <= size; distance *= 2) {
    const int ahead = (rank + distance) % size;
    const int behind = (rank - distance + size) % size;
    MPI_Sendrecv(nullptr, 0, MPI_BYTE, ahead, 0, nullptr, 0, MPI_BYTE, behind, 0, comm,
                 MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
