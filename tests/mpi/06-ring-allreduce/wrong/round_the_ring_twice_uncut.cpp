// rejected by: Cost.ElementsSent
// Goes round the ring with the whole vector, once to add and once to copy. Two messages a rank are
// few, but only one rank works at a time, and each sends n elements twice.
#include "ring_allreduce.hpp"

#include <mpi.h>

#include <vector>

namespace kit {

void ring_allreduce(std::span<float> data, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const int right = (rank + 1) % size;
  const int left = (rank - 1 + size) % size;
  const int n = static_cast<int>(data.size());
  if (size == 1) return;
  std::vector<float> room(data.size());
  if (rank > 0) {
    MPI_Recv(room.data(), n, MPI_FLOAT, left, 0, comm, MPI_STATUS_IGNORE);
    for (std::size_t i = 0; i < data.size(); ++i) data[i] += room[i];
  }
  MPI_Send(data.data(), n, MPI_FLOAT, right, 0, comm);
  // The last rank's sum is complete; rank 0 is its right neighbour.
  if (rank == 0) MPI_Recv(data.data(), n, MPI_FLOAT, left, 0, comm, MPI_STATUS_IGNORE);
  if (rank > 0 && rank < size - 1) {
    MPI_Recv(data.data(), n, MPI_FLOAT, left, 1, comm, MPI_STATUS_IGNORE);
  }
  if (rank < size - 2) MPI_Send(data.data(), n, MPI_FLOAT, right, 1, comm);
}

}  // namespace kit
