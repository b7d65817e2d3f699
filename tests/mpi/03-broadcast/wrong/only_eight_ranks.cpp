// rejected by: Correct.EveryRootEverySize
// Forgets that there can be more than 8 ranks: its masks stop at 4, so the root never serves number
// 8, which waits for ever.
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
  while (mask < 8 && (me & mask) == 0) mask <<= 1;
  if (me != 0) {
    MPI_Recv(data.data(), n, MPI_BYTE, rank_of(me - mask), 0, comm, MPI_STATUS_IGNORE);
  }
  for (mask >>= 1; mask > 0; mask >>= 1) {
    if (me + mask < size) MPI_Send(data.data(), n, MPI_BYTE, rank_of(me + mask), 0, comm);
  }
}

}  // namespace kit
