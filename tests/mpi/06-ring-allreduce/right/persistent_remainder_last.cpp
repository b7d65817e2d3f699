// Equal blocks with all that remains on the last one. Every step's send and receive is a persistent
// request, made before the first step and freed after the last.
#include "ring_allreduce.hpp"

#include <mpi.h>

#include <vector>

namespace kit {
namespace {

struct Step {
  float* to;         // the block that comes in this step
  const float* add;  // where its numbers arrive, if they are to be added
  int count;
  MPI_Request send, receive;
};

}  // namespace

void ring_allreduce(std::span<float> data, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const int n = static_cast<int>(data.size());
  const int length = n / size;
  const int longest = n - length * (size - 1);
  const auto count = [&](int block) { return block == size - 1 ? longest : length; };
  const auto place = [&](int block) {
    return data.data() + static_cast<std::ptrdiff_t>(block) * length;
  };
  std::vector<float> arrivals(static_cast<std::size_t>(longest));
  std::vector<Step> steps;
  for (int k = 0; k < 2 * size - 2; ++k) {
    // The block that leaves rank r in step k is number r - k; what comes is the left one's.
    const int out = ((rank - k) % size + size) % size;
    const int in = ((rank - 1 - k) % size + size) % size;
    const bool adds = k < size - 1;
    Step step{place(in), adds ? arrivals.data() : nullptr, count(in), MPI_REQUEST_NULL,
              MPI_REQUEST_NULL};
    MPI_Send_init(place(out), count(out), MPI_FLOAT, (rank + 1) % size, 5, comm, &step.send);
    MPI_Recv_init(adds ? arrivals.data() : place(in), count(in), MPI_FLOAT,
                  (rank - 1 + size) % size, 5, comm, &step.receive);
    steps.push_back(step);
  }
  for (Step& step : steps) {
    MPI_Start(&step.receive);
    MPI_Start(&step.send);
    MPI_Wait(&step.receive, MPI_STATUS_IGNORE);
    MPI_Wait(&step.send, MPI_STATUS_IGNORE);
    for (int i = 0; step.add != nullptr && i < step.count; ++i) step.to[i] += step.add[i];
  }
  for (Step& step : steps) {
    MPI_Request_free(&step.send);
    MPI_Request_free(&step.receive);
  }
}

}  // namespace kit
