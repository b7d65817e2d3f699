// rejected by: Correct.MovesEveryBlock, Correct.FiveRanksTwoToTheLeft
// Forgets the steps to the left: what is below zero moves nothing, and the caller goes on with the
// wrong block.
#include "ring_shift.hpp"

#include <mpi.h>

namespace kit {

void ring_shift(std::span<std::byte> block, int steps, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (steps <= 0 || steps % size == 0) return;
  const int forward = steps % size;
  const int to = (rank + forward) % size;
  const int from = (rank - forward + size) % size;
  const int n = static_cast<int>(block.size());
  MPI_Sendrecv_replace(block.data(), n, MPI_BYTE, to, 0, from, 0, comm, MPI_STATUS_IGNORE);
}

}  // namespace kit
