// rejected by: Cost.OneMessageARank
// Forgets that a rank can send to any other: blocks walk one rank at a time, so that 3 steps among
// 8 ranks take 24 messages and not 8.
#include "ring_shift.hpp"

#include <mpi.h>

namespace kit {

void ring_shift(std::span<std::byte> block, int steps, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const int hops = (steps % size + size) % size;
  const int to = (rank + 1) % size;
  const int from = (rank - 1 + size) % size;
  const int n = static_cast<int>(block.size());
  for (int i = 0; i < hops; ++i) {
    MPI_Sendrecv_replace(block.data(), n, MPI_BYTE, to, 0, from, 0, comm, MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
