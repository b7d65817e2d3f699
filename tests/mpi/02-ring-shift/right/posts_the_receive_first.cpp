// Posts the receive into a spare block, sends by a blocking call, and swaps at the end. The tag is
// the number of steps, and empty blocks are sent as well.
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
  const auto came = std::make_unique<std::byte[]>(block.size());
  MPI_Request receive;
  MPI_Irecv(came.get(), n, MPI_BYTE, from, forward, comm, &receive);
  MPI_Send(block.data(), n, MPI_BYTE, to, forward, comm);
  MPI_Wait(&receive, MPI_STATUS_IGNORE);
  std::copy_n(came.get(), block.size(), block.data());
}

}  // namespace kit
