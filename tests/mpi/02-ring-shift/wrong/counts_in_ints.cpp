// rejected by: Correct.MovesEveryBlock
// Sends whole ints where bytes were asked for: the bytes past the last multiple of four stay
// behind.
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
  MPI_Sendrecv_replace(block.data(), n / 4, MPI_INT, to, 0, from, 0, comm, MPI_STATUS_IGNORE);
}

}  // namespace kit
