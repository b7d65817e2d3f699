// rejected by: Correct.MovesEveryBlock
// Forgets that rank + steps may not fit into an int: with steps near INT_MAX the sum wraps round,
// and the block goes to the wrong rank or to none.
#include "ring_shift.hpp"

#include <mpi.h>

namespace kit {

void ring_shift(std::span<std::byte> block, int steps, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (steps % size == 0) return;
  const int to = ((rank + steps) % size + size) % size;
  const int from = ((rank - steps) % size + size) % size;
  const int n = static_cast<int>(block.size());
  MPI_Sendrecv_replace(block.data(), n, MPI_BYTE, to, 0, from, 0, comm, MPI_STATUS_IGNORE);
}

}  // namespace kit
