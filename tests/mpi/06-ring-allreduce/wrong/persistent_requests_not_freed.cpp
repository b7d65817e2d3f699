// rejected by: Robust.LeavesNothingBehind
// Makes persistent requests in each call and never frees them: the library keeps them for ever.
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
  const auto p = static_cast<std::size_t>(size);
  const auto first = [&](int block) { return static_cast<std::size_t>(block) * data.size() / p; };
  const auto length = [&](int block) { return static_cast<int>(first(block + 1) - first(block)); };
  const int longest = static_cast<int>(data.size() / p) + 1;
  std::vector<float> leaving(static_cast<std::size_t>(longest));
  std::vector<float> room(static_cast<std::size_t>(longest));
  MPI_Request both[2];
  MPI_Recv_init(room.data(), longest, MPI_FLOAT, left, 0, comm, &both[0]);
  for (int step = 0; step < 2 * (size - 1); ++step) {
    const int out = (rank - step + 2 * size) % size;
    const int in = (rank - step - 1 + 2 * size) % size;
    std::copy_n(data.data() + first(out), length(out), leaving.data());
    MPI_Send_init(leaving.data(), length(out), MPI_FLOAT, right, 0, comm, &both[1]);
    MPI_Startall(2, both);
    MPI_Waitall(2, both, MPI_STATUSES_IGNORE);
    for (int i = 0; i < length(in); ++i) {
      float& own = data[first(in) + static_cast<std::size_t>(i)];
      const float came = room[static_cast<std::size_t>(i)];
      own = step < size - 1 ? own + came : came;
    }
  }
}

}  // namespace kit
