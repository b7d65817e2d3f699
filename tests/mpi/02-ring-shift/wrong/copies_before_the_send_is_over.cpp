// rejected by: Robust.TypesAndBuffersFit
// Relies on small messages being buffered and copies what came into a small block before the send from
// it is over: where a send isn't buffered, the block leaves with bytes of two blocks.
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
  if (forward == 0 || block.empty()) return;
  const int n = static_cast<int>(block.size());
  std::vector<std::byte> came(block.size());
  MPI_Request send;
  MPI_Isend(block.data(), n, MPI_BYTE, (rank + forward) % size, 0, comm, &send);
  MPI_Recv(came.data(), n, MPI_BYTE, (rank - forward + size) % size, 0, comm, MPI_STATUS_IGNORE);
  const bool small = block.size() <= 1024;
  if (small) std::copy(came.begin(), came.end(), block.begin());
  MPI_Wait(&send, MPI_STATUS_IGNORE);
  if (!small) std::copy(came.begin(), came.end(), block.begin());
}

}  // namespace kit
