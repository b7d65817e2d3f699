// Blocking sends and receives alone. The blocks travel in gcd(steps, size) circles; ranks send
// first and receive first in turn along each. Where a circle has an odd number of ranks, its last
// and its first both send first, which costs one round more.
#include "ring_shift.hpp"

#include <mpi.h>

#include <algorithm>
#include <numeric>
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
  const int circles = std::gcd(forward, size);
  int place = 0;  // along its circle, from the circle's lowest rank
  for (int r = rank % circles; r != rank; r = (r + forward) % size) ++place;
  std::vector<std::byte> came(block.size());
  if (place % 2 == 0) {
    MPI_Ssend(block.data(), n, MPI_BYTE, to, 5, comm);
    MPI_Recv(came.data(), n, MPI_BYTE, from, 5, comm, MPI_STATUS_IGNORE);
  } else {
    MPI_Recv(came.data(), n, MPI_BYTE, from, 5, comm, MPI_STATUS_IGNORE);
    MPI_Ssend(block.data(), n, MPI_BYTE, to, 5, comm);
  }
  std::copy(came.begin(), came.end(), block.begin());
}

}  // namespace kit
