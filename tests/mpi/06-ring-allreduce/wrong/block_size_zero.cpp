// rejected by: Correct.FewerElementsThanRanks
// Hands all that remains to the last block but takes no blocks, and so no steps, to mean no work:
// with fewer elements than ranks nothing is summed.
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
  const int each = n / size;
  if (each == 0) return;  // nothing to cut
  const auto length = [&](int b) { return b == size - 1 ? n - each * (size - 1) : each; };
  const auto block = [&](int b) { return data.data() + static_cast<std::ptrdiff_t>(b) * each; };
  std::vector<float> room(static_cast<std::size_t>(length(size - 1)));
  for (int step = 0; step < size - 1; ++step) {
    const int out = (rank - step + size) % size;
    const int in = (rank - step - 1 + size) % size;
    MPI_Sendrecv(block(out), length(out), MPI_FLOAT, right, 0, room.data(), length(in), MPI_FLOAT,
                 left, 0, comm, MPI_STATUS_IGNORE);
    for (int i = 0; i < length(in); ++i) block(in)[i] += room[static_cast<std::size_t>(i)];
  }
  for (int step = 0; step < size - 1; ++step) {
    const int out = (rank + 1 - step + size) % size;
    const int in = (rank - step + size) % size;
    MPI_Sendrecv(block(out), length(out), MPI_FLOAT, right, 0, block(in), length(in), MPI_FLOAT,
                 left, 0, comm, MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
