// rejected by: Robust.NeedsNoBuffering
// Forgets that a send may last until its receive is posted: every rank sends first, so nobody
// receives. It runs as long as blocks are small, and hangs on the first large one.
#include "ring_shift.hpp"

#include <mpi.h>

#include <algorithm>
#include <vector>

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
  std::vector<std::byte> came(block.size());
  MPI_Send(block.data(), n, MPI_BYTE, to, 0, comm);
  MPI_Recv(came.data(), n, MPI_BYTE, from, 0, comm, MPI_STATUS_IGNORE);
  std::copy(came.begin(), came.end(), block.begin());
}

}  // namespace kit
