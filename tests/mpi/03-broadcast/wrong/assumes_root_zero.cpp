// rejected by: Correct.EveryRootEverySize, Correct.FiveRanksFromRoot3
// Forgets that the root can be any rank: the tree always hangs below rank 0, and with another root
// all but that root get rank 0's bytes.
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
  const int me = rank;
  int mask = 1;
  while (mask < size && (me & mask) == 0) mask <<= 1;
  if (me != 0) {
    MPI_Recv(data.data(), n, MPI_BYTE, me - mask, 0, comm, MPI_STATUS_IGNORE);
  }
  for (mask >>= 1; mask > 0; mask >>= 1) {
    if (me + mask < size) MPI_Send(data.data(), n, MPI_BYTE, me + mask, 0, comm);
  }
}

}  // namespace kit
