// rejected by: Robust.LeavesNothingBehind
// Makes a datatype for the block and forgets to free it: a solver that shifts a million times runs
// out of memory.
#include "ring_shift.hpp"

#include <mpi.h>

namespace kit {

void ring_shift(std::span<std::byte> block, int steps, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const int forward = (steps % size + size) % size;
  if (forward == 0) return;
  const int to = (rank + forward) % size;
  const int from = (rank - forward + size) % size;
  const int n = static_cast<int>(block.size());
  MPI_Datatype whole;
  MPI_Type_contiguous(n, MPI_BYTE, &whole);
  MPI_Type_commit(&whole);
  MPI_Sendrecv_replace(block.data(), 1, whole, to, 0, from, 0, comm, MPI_STATUS_IGNORE);
}

}  // namespace kit
