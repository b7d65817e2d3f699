// rejected by: Correct.ExactOnWholeNumbers
// Takes one loop for both halves and adds in the second one too, where sums that are complete are
// only to be copied: numbers are in the result more than once.
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
  const auto p = static_cast<std::size_t>(size);
  const auto first = [&](int block) { return static_cast<std::size_t>(block) * data.size() / p; };
  const auto length = [&](int block) { return static_cast<int>(first(block + 1) - first(block)); };
  std::vector<float> room(data.size() / p + 1);
  for (int step = 0; step < 2 * (size - 1); ++step) {
    const int out = (rank - step + 2 * size) % size;
    const int in = (rank - step - 1 + 2 * size) % size;
    MPI_Sendrecv(data.data() + first(out), length(out), MPI_FLOAT, right, 0, room.data(),
                 length(in), MPI_FLOAT, left, 0, comm, MPI_STATUS_IGNORE);
    for (int i = 0; i < length(in); ++i) {
      data[first(in) + static_cast<std::size_t>(i)] += room[static_cast<std::size_t>(i)];
    }
  }
}

}  // namespace kit
