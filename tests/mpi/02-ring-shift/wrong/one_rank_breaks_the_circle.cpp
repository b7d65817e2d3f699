// rejected by: Cost.AtMostThreeRounds
// Lets the lowest rank of each circle receive first and all others send first: nobody waits for
// ever, but each send waits for the next rank, and 8 ranks take 8 rounds.
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
  std::vector<std::byte> came(block.size());
  if (rank < std::gcd(forward, size)) {
    MPI_Recv(came.data(), n, MPI_BYTE, from, 0, comm, MPI_STATUS_IGNORE);
    MPI_Send(block.data(), n, MPI_BYTE, to, 0, comm);
  } else {
    MPI_Send(block.data(), n, MPI_BYTE, to, 0, comm);
    MPI_Recv(came.data(), n, MPI_BYTE, from, 0, comm, MPI_STATUS_IGNORE);
  }
  std::copy(came.begin(), came.end(), block.begin());
}

}  // namespace kit
