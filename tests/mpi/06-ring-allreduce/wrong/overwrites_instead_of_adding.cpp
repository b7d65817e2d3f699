// rejected by: Correct.ExactOnWholeNumbers
// Forgets to add in the first half: what comes replaces the rank's own numbers, so that each sum
// is one rank's number.
#include "ring_allreduce.hpp"

#include <mpi.h>

#include <cstddef>

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
  for (int step = 0; step < size - 1; ++step) {
    const int out = (rank - step + size) % size;
    const int in = (rank - step - 1 + size) % size;
    MPI_Sendrecv(data.data() + first(out), length(out), MPI_FLOAT, right, 0,
                 data.data() + first(in), length(in), MPI_FLOAT, left, 0, comm, MPI_STATUS_IGNORE);
  }
  for (int step = 0; step < size - 1; ++step) {
    const int out = (rank + 1 - step + size) % size;
    const int in = (rank - step + size) % size;
    MPI_Sendrecv(data.data() + first(out), length(out), MPI_FLOAT, right, 0,
                 data.data() + first(in), length(in), MPI_FLOAT, left, 0, comm, MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
