// rejected by: Cost.OneMessageEach, Cost.LogarithmicRounds
// Takes the algorithm for large buffers where buffers are small: p - 1 pieces out and then round
// the ring, so 63 messages for 8 ranks and many times the latency.
#include "broadcast.hpp"

#include <mpi.h>

#include <stdexcept>

namespace kit {

void broadcast(std::span<std::byte> data, int root, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (root < 0 || root >= size) throw std::invalid_argument("broadcast: root is not a rank");
  const int n = static_cast<int>(data.size());
  const int me = (rank - root + size) % size;  // numbered from the root
  const auto rank_of = [&](int v) { return (v + root) % size; };
  const auto first = [&](int block) {
    return static_cast<std::size_t>(block) * data.size() / static_cast<std::size_t>(size);
  };
  const auto length = [&](int block) { return static_cast<int>(first(block + 1) - first(block)); };
  if (n == 0 || size == 1) return;
  for (int v = 1; v < size; ++v) {
    if (me == 0) {
      MPI_Send(data.data() + first(v), length(v), MPI_BYTE, rank_of(v), 0, comm);
    } else if (me == v) {
      MPI_Recv(data.data() + first(v), length(v), MPI_BYTE, root, 0, comm, MPI_STATUS_IGNORE);
    }
  }
  const int right = rank_of(me + 1);
  const int left = rank_of(me - 1 + size);
  for (int step = 0; step + 1 < size; ++step) {
    const int out = (me - step + size) % size;
    const int in = (me - step - 1 + size) % size;
    MPI_Sendrecv(data.data() + first(out), length(out), MPI_BYTE, right, 1, data.data() + first(in),
                 length(in), MPI_BYTE, left, 1, comm, MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
