// rejected by: Robust.TypesAndBuffersFit
// Sends whole ints where the size allows it, and receives chars: both ends must name the same
// type, and between machines that differ the bytes come out in another order.
#include "ring_shift.hpp"

#include <mpi.h>

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
  const std::vector<std::byte> leaving(block.begin(), block.end());
  const bool ints = n % 4 == 0;
  MPI_Sendrecv(leaving.data(), ints ? n / 4 : n, ints ? MPI_INT : MPI_CHAR, to, 0, block.data(), n,
               MPI_CHAR, from, 0, comm, MPI_STATUS_IGNORE);
}

}  // namespace kit
