// rejected by: Correct.MovesEveryBlock
// Forgets that -INT_MIN is no int: with INT_MIN steps every block lands on the wrong rank, unless
// the number of ranks is a power of two.
#include "ring_shift.hpp"

#include <mpi.h>

namespace kit {

void ring_shift(std::span<std::byte> block, int steps, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const bool left = steps < 0;
  const unsigned ranks = static_cast<unsigned>(size);
  const int distance = left ? -steps : steps;
  int forward = static_cast<int>(static_cast<unsigned>(distance) % ranks);
  if (left && distance > 0) forward = (size - forward) % size;
  if (forward == 0) return;
  const int to = (rank + forward) % size;
  const int from = (rank - forward + size) % size;
  const int n = static_cast<int>(block.size());
  MPI_Sendrecv_replace(block.data(), n, MPI_BYTE, to, 0, from, 0, comm, MPI_STATUS_IGNORE);
}

}  // namespace kit
