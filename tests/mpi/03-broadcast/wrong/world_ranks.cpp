// rejected by: Correct.PermutedSubset
// Asks MPI_COMM_WORLD who it is: in a communicator with other ranks, or in another order, it takes
// the part of another rank.
#include "broadcast.hpp"

#include <mpi.h>

#include <stdexcept>

namespace kit {

void broadcast(std::span<std::byte> data, int root, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(MPI_COMM_WORLD, &rank);
  MPI_Comm_size(comm, &size);
  if (root < 0 || root >= size) throw std::invalid_argument("broadcast: root is not a rank");
  const int n = static_cast<int>(data.size());
  const int me = (rank - root + size) % size;  // numbered from the root
  const auto rank_of = [&](int v) { return (v + root) % size; };
  int mask = 1;
  while (mask < size && (me & mask) == 0) mask <<= 1;
  if (me != 0) {
    MPI_Recv(data.data(), n, MPI_BYTE, rank_of(me - mask), 0, comm, MPI_STATUS_IGNORE);
  }
  for (mask >>= 1; mask > 0; mask >>= 1) {
    if (me + mask < size) MPI_Send(data.data(), n, MPI_BYTE, rank_of(me + mask), 0, comm);
  }
}

}  // namespace kit
