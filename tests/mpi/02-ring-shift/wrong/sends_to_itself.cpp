// rejected by: Cost.NothingToDoSendsNothing
// Forgets that a multiple of the number of ranks moves nothing: every rank sends its block to
// itself.
#include "ring_shift.hpp"

#include <mpi.h>

namespace kit {

void ring_shift(std::span<std::byte> block, int steps, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const int forward = (steps % size + size) % size;
  const int to = (rank + forward) % size;
  const int from = (rank - forward + size) % size;
  const int n = static_cast<int>(block.size());
  MPI_Sendrecv_replace(block.data(), n, MPI_BYTE, to, 0, from, 0, comm, MPI_STATUS_IGNORE);
}

}  // namespace kit
