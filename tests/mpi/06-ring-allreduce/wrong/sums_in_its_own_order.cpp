// rejected by: Correct.SameBitsEverywhere, Cost.ElementsSent
// Hands every rank's vector round the whole ring and adds each as it passes. Each rank begins with
// its own, so the last bits of the sums differ from rank to rank.
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
  std::vector<float> passing(data.begin(), data.end());
  std::vector<float> next(data.size());
  for (int step = 0; step < size - 1; ++step) {
    MPI_Sendrecv(passing.data(), n, MPI_FLOAT, right, 0, next.data(), n, MPI_FLOAT, left, 0, comm,
                 MPI_STATUS_IGNORE);
    passing.swap(next);
    for (std::size_t i = 0; i < data.size(); ++i) data[i] += passing[i];
  }
}

}  // namespace kit
