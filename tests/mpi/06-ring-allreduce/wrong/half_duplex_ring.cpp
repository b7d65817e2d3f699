// rejected by: Cost.Rounds
// Lets even ranks send first and odd ones receive first, so that blocking calls can't hang: but
// then each step takes two rounds, and the links stand still half of the time.
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
  const auto exchange = [&](int out, float* to, int in) {
    if (rank % 2 == 0) MPI_Send(data.data() + first(out), length(out), MPI_FLOAT, right, 0, comm);
    MPI_Recv(to, length(in), MPI_FLOAT, left, 0, comm, MPI_STATUS_IGNORE);
    if (rank % 2 == 1) MPI_Send(data.data() + first(out), length(out), MPI_FLOAT, right, 0, comm);
  };
  for (int step = 0; step < size - 1; ++step) {
    const int out = (rank - step + size) % size;
    const int in = (rank - step - 1 + size) % size;
    exchange(out, room.data(), in);
    for (int i = 0; i < length(in); ++i) {
      data[first(in) + static_cast<std::size_t>(i)] += room[static_cast<std::size_t>(i)];
    }
  }
  for (int step = 0; step < size - 1; ++step) {
    const int out = (rank + 1 - step + size) % size;
    const int in = (rank - step + size) % size;
    exchange(out, data.data() + first(in), in);
  }
}

}  // namespace kit
