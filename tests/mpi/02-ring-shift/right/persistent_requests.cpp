// Two persistent requests, started together and polled; the ranks' numbers are counted in unsigned
// arithmetic.
#include "ring_shift.hpp"

#include <mpi.h>

#include <cstdint>
#include <vector>

namespace kit {

void ring_shift(std::span<std::byte> block, int steps, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const auto ranks = static_cast<std::int64_t>(size);
  const std::int64_t forward = ((std::int64_t{steps} % ranks) + ranks) % ranks;
  if (forward == 0) return;
  const int to = static_cast<int>((rank + forward) % ranks);
  const int from = static_cast<int>((rank + ranks - forward) % ranks);
  const int n = static_cast<int>(block.size());
  std::vector<std::byte> leaving(block.begin(), block.end());
  MPI_Request both[2];
  MPI_Send_init(leaving.data(), n, MPI_BYTE, to, 1, comm, &both[0]);
  MPI_Recv_init(block.data(), n, MPI_BYTE, from, 1, comm, &both[1]);
  MPI_Startall(2, both);
  int done = 0;
  while (done == 0) MPI_Testall(2, both, &done, MPI_STATUSES_IGNORE);
  MPI_Request_free(&both[0]);
  MPI_Request_free(&both[1]);
}

}  // namespace kit
