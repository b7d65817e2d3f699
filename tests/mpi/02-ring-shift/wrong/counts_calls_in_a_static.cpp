// rejected by: Correct.PermutedSubset, Correct.MovesEveryBlock
// Keeps calls apart by a count in a static, and forgets that ranks outside a communicator do not
// count its calls: the next communicator with such a rank waits for ever.
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
  static int calls = 0;
  const int tag = calls++ % 30'000;
  MPI_Sendrecv_replace(block.data(), n, MPI_BYTE, to, tag, from, tag, comm, MPI_STATUS_IGNORE);
}

}  // namespace kit
