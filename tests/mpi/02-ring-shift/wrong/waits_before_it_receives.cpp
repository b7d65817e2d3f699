// rejected by: Correct.MovesEveryBlock, Robust.NeedsNoBuffering
// Sends without blocking, and forgets that waiting for the send is blocking again: the receive is
// posted only when the send has ended. It hangs on the first large block.
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
  MPI_Request send;
  MPI_Isend(block.data(), n, MPI_BYTE, to, 0, comm, &send);
  MPI_Wait(&send, MPI_STATUS_IGNORE);
  MPI_Recv(came.data(), n, MPI_BYTE, from, 0, comm, MPI_STATUS_IGNORE);
  std::copy(came.begin(), came.end(), block.begin());
}

}  // namespace kit
