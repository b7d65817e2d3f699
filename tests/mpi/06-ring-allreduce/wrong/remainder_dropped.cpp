// rejected by: Correct.NotDivisible
// Cuts into n / p elements a block and forgets what remains: the last n % p elements are never
// summed. 840 elements divide by all numbers of ranks up to 8 and don't show it.
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
  const int length = static_cast<int>(data.size()) / size;
  const auto block = [&](int b) { return data.data() + static_cast<std::ptrdiff_t>(b) * length; };
  std::vector<float> room(static_cast<std::size_t>(length));
  for (int step = 0; step < size - 1; ++step) {
    const int out = (rank - step + size) % size;
    const int in = (rank - step - 1 + size) % size;
    MPI_Sendrecv(block(out), length, MPI_FLOAT, right, 0, room.data(), length, MPI_FLOAT, left, 0,
                 comm, MPI_STATUS_IGNORE);
    for (int i = 0; i < length; ++i) block(in)[i] += room[static_cast<std::size_t>(i)];
  }
  for (int step = 0; step < size - 1; ++step) {
    const int out = (rank + 1 - step + size) % size;
    const int in = (rank - step + size) % size;
    MPI_Sendrecv(block(out), length, MPI_FLOAT, right, 0, block(in), length, MPI_FLOAT, left, 0,
                 comm, MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
