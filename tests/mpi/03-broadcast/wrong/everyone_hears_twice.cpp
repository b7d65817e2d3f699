// rejected by: Cost.OneMessageEach
// Forgets that a receive is the news already: each rank tells its parent that the data came, which
// doubles the messages and is of use to nobody.
#include "broadcast.hpp"

#include <mpi.h>

#include <stdexcept>

namespace kit {

void broadcast(std::span<std::byte> data, int root, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
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
  if (me != 0) MPI_Send(nullptr, 0, MPI_BYTE, rank_of(me - mask), 1, comm);
  for (mask >>= 1; mask > 0; mask >>= 1) {
    if (me + mask < size) MPI_Send(data.data(), n, MPI_BYTE, rank_of(me + mask), 0, comm);
  }
  for (int child = 1; me + child < size; child <<= 1) {
    if ((me & (2 * child - 1)) != 0) break;
    MPI_Recv(nullptr, 0, MPI_BYTE, rank_of(me + child), 1, comm, MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
