// rejected by: Cost.ElementsSent
// Hands whole vectors round the ring until each rank has all of them, and then adds in the order
// of ranks: right, with (p - 1) times n elements sent by each rank.
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
  std::vector<std::vector<float>> all(static_cast<std::size_t>(size),
                                      std::vector<float>(data.size()));
  all[static_cast<std::size_t>(rank)].assign(data.begin(), data.end());
  for (int step = 0; step < size - 1; ++step) {
    const auto out = static_cast<std::size_t>((rank - step + size) % size);
    const auto in = static_cast<std::size_t>((rank - step - 1 + size) % size);
    MPI_Sendrecv(all[out].data(), n, MPI_FLOAT, right, 0, all[in].data(), n, MPI_FLOAT, left, 0,
                 comm, MPI_STATUS_IGNORE);
  }
  for (std::size_t i = 0; i < data.size(); ++i) {
    data[i] = 0;
    for (const std::vector<float>& one : all) data[i] += one[i];
  }
}

}  // namespace kit
