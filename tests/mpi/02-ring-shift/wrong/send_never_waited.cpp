// rejected by: Robust.LeavesNothingBehind
// Forgets to wait for its send: the request stays open, and a large copy may be freed while MPI
// still reads it.
#include "ring_shift.hpp"

#include <mpi.h>

#include <algorithm>
#include <memory>

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
  const auto leaving = std::make_unique<std::byte[]>(block.size());
  std::copy(block.begin(), block.end(), leaving.get());
  MPI_Request send;
  MPI_Request receive;
  MPI_Irecv(block.data(), n, MPI_BYTE, from, 0, comm, &receive);
  MPI_Issend(leaving.get(), n, MPI_BYTE, to, 0, comm, &send);
  MPI_Wait(&receive, MPI_STATUS_IGNORE);
}

}  // namespace kit
