// The largest distance first, to the left; each message is an int that nobody reads. A receive is
// posted, then the send blocks.
#include "barrier.hpp"

#include <mpi.h>

namespace kit {

void barrier(MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  int distance = 1;
  while (distance < size) distance *= 2;
  for (distance /= 2; distance > 0; distance /= 2) {
    const int to = (rank - distance + size) % size;
    const int from = (rank + distance) % size;
    int came = 0;
    MPI_Request receive;
    MPI_Irecv(&came, 1, MPI_INT, from, 42, comm, &receive);
    MPI_Send(&rank, 1, MPI_INT, to, 42, comm);
    MPI_Wait(&receive, MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
