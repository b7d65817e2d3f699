// rejected by: Correct.NobodyLeavesEarly, Correct.FiveRanks
// Pairs ranks by exclusive or and skips partners that do not exist: what those would have told is
// never heard where p is no power of two.
#include "barrier.hpp"

#include <mpi.h>

namespace kit {

void barrier(MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  for (int mask = 1; mask < size; mask *= 2) {
    const int partner = rank ^ mask;
    if (partner >= size) continue;
    MPI_Sendrecv(nullptr, 0, MPI_BYTE, partner, 0, nullptr, 0, MPI_BYTE, partner, 0, comm,
                 MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
