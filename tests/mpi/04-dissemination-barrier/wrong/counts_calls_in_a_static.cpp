// rejected by: Correct.PermutedSubset
// Keeps calls apart by a count in a static, and forgets that ranks outside a communicator do not
// count its calls: the next communicator with such a rank waits for ever.
#include "barrier.hpp"

#include <mpi.h>

namespace kit {

void barrier(MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  static int calls = 0;
  const int tag = calls++ % 30'000;
  for (int distance = 1; distance < size; distance *= 2) {
    const int ahead = (rank + distance) % size;
    const int behind = (rank - distance + size) % size;
    MPI_Sendrecv(nullptr, 0, MPI_BYTE, ahead, tag, nullptr, 0, MPI_BYTE, behind, tag, comm,
                 MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
