// rejected by: Cost.FewSmallMessages
// Sends 4 KiB where an empty message says the same: with many ranks and little cache the barrier
// takes twice as long.
#include "barrier.hpp"

#include <mpi.h>

#include <cstddef>
#include <vector>

namespace kit {

void barrier(MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const std::vector<std::byte> page(4096);
  std::vector<std::byte> came(4096);
  for (int distance = 1; distance < size; distance *= 2) {
    const int ahead = (rank + distance) % size;
    const int behind = (rank - distance + size) % size;
    MPI_Sendrecv(page.data(), 4096, MPI_BYTE, ahead, 0, came.data(), 4096, MPI_BYTE, behind, 0,
                 comm, MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
