// rejected by: Cost.MessagesAndNeighbour
// Sends one half of the vector round to the right and the other half to the left at the same time,
// to use both directions of the links: two neighbours and twice the messages.
#include "ring_allreduce.hpp"

#include <mpi.h>

#include <cstdint>
#include <vector>

namespace kit {

void ring_allreduce(std::span<float> data, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const int n = static_cast<int>(data.size());
  std::vector<float> room(data.size());
  for (int half = 0; half < 2; ++half) {
    // Both halves' messages differ by their tag; the second goes round the other way.
    const int to = (rank + (half == 0 ? 1 : size - 1)) % size;
    const int from = (rank + (half == 0 ? size - 1 : 1)) % size;
    const int me = half == 0 ? rank : size - 1 - rank;
    float* const begin = data.data() + (half == 0 ? 0 : n / 2);
    const int count = half == 0 ? n / 2 : n - n / 2;
    const auto first = [&](int b) { return static_cast<int>(std::int64_t{b} * count / size); };
    const auto length = [&](int b) { return first(b + 1) - first(b); };
    for (int step = 0; step < 2 * (size - 1); ++step) {
      const int out = (me - step + 2 * size) % size;
      const int in = (me - step - 1 + 2 * size) % size;
      MPI_Sendrecv(begin + first(out), length(out), MPI_FLOAT, to, half, room.data(), length(in),
                   MPI_FLOAT, from, half, comm, MPI_STATUS_IGNORE);
      for (int i = 0; i < length(in); ++i) {
        float& own = begin[first(in) + i];
        own = step < size - 1 ? own + room[static_cast<std::size_t>(i)]
                              : room[static_cast<std::size_t>(i)];
      }
    }
  }
}

}  // namespace kit
