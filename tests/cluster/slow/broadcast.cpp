// Right, and slow: in the middle of it there is time to end a rank, a daemon or a link (tests/cluster/faults.sh).
#include "broadcast.hpp"

#include <unistd.h>

namespace kit {

void broadcast(std::span<std::byte> data, int root, MPI_Comm comm) {
  ::usleep(200'000);
  int rank = 0, ranks = 1;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &ranks);
  const int place = (rank - root + ranks) % ranks, count = static_cast<int>(data.size());
  int bit = 1;
  for (; bit < ranks; bit *= 2) {
    if ((place & bit) == 0) continue;
    MPI_Recv(data.data(), count, MPI_BYTE, (rank - bit + ranks) % ranks, 0, comm,
             MPI_STATUS_IGNORE);
    break;
  }
  for (bit /= 2; bit > 0; bit /= 2)
    if (place + bit < ranks) MPI_Send(data.data(), count, MPI_BYTE, (rank + bit) % ranks, 0, comm);
}

}  // namespace kit
