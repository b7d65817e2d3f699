// rejected by: Correct.FewerElementsThanRanks
// Takes blocks of ceil(n / p) and cuts the last one by what is left, but never thinks of blocks
// that begin behind the end: their length is negative.
#include "ring_allreduce.hpp"

#include <mpi.h>

#include <algorithm>
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
  const int longest = (n + size - 1) / size;
  const auto first = [&](int b) { return static_cast<std::size_t>(b * longest); };
  const auto length = [&](int b) { return std::min(longest, n - b * longest); };
  std::vector<float> room(static_cast<std::size_t>(longest));
  for (int step = 0; step < size - 1; ++step) {
    const int out = (rank - step + size) % size;
    const int in = (rank - step - 1 + size) % size;
    MPI_Sendrecv(data.data() + first(out), length(out), MPI_FLOAT, right, 0, room.data(),
                 length(in), MPI_FLOAT, left, 0, comm, MPI_STATUS_IGNORE);
    for (int i = 0; i < length(in); ++i) {
      data[first(in) + static_cast<std::size_t>(i)] += room[static_cast<std::size_t>(i)];
    }
  }
  for (int step = 0; step < size - 1; ++step) {
    const int out = (rank + 1 - step + size) % size;
    const int in = (rank - step + size) % size;
    MPI_Sendrecv(data.data() + first(out), length(out), MPI_FLOAT, right, 0,
                 data.data() + first(in), length(in), MPI_FLOAT, left, 0, comm, MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
