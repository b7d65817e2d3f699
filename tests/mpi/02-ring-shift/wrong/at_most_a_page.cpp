// rejected by: Correct.MovesEveryBlock
// Sends from a buffer of 64 KiB, and forgets that a block may be longer: the rest is not moved.
#include "ring_shift.hpp"

#include <mpi.h>

#include <algorithm>
#include <array>

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
  static std::array<std::byte, 65536> leaving;
  const std::size_t part = std::min(block.size(), leaving.size());
  std::copy_n(block.begin(), part, leaving.begin());
  MPI_Sendrecv(leaving.data(), static_cast<int>(part), MPI_BYTE, to, 0, block.data(), n, MPI_BYTE,
               from, 0, comm, MPI_STATUS_IGNORE);
}

}  // namespace kit
