// Thinks in messages instead of blocks: whatever the neighbour sends says by its count and tag what
// it is. The source isn't named, which is allowed here: only one rank ever sends to this one. Empty
// blocks aren't sent, and the ring goes over the ranks in twos: 0, 2, 4, ..., 5, 3, 1.
#include "ring_allreduce.hpp"

#include <mpi.h>

#include <vector>

namespace kit {
namespace {

// A ring in which every neighbour is at most two ranks away.
std::vector<int> ring_of(int size) {
  std::vector<int> ring;
  for (int r = 0; r < size; r += 2) ring.push_back(r);
  for (int r = size % 2 == 0 ? size - 1 : size - 2; r > 0; r -= 2) ring.push_back(r);
  return ring;
}

}  // namespace

void ring_allreduce(std::span<float> data, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (size == 1) return;
  const std::vector<int> ring = ring_of(size);
  int place = 0;
  while (ring[static_cast<std::size_t>(place)] != rank) ++place;
  const int next = ring[static_cast<std::size_t>((place + 1) % size)];

  const auto p = static_cast<std::size_t>(size);
  const auto first = [&](int block) { return static_cast<std::size_t>(block) * data.size() / p; };
  const auto length = [&](int block) { return static_cast<int>(first(block + 1) - first(block)); };
  int block = place;
  std::vector<float> came;
  for (int step = 0; step < 2 * (size - 1); ++step) {
    MPI_Request send = MPI_REQUEST_NULL;
    if (length(block) > 0) {
      // The tag is the block.
      MPI_Issend(data.data() + first(block), length(block), MPI_FLOAT, next, block, comm, &send);
    }
    const int wanted = (block + size - 1) % size;
    if (length(wanted) > 0) {
      MPI_Status status;
      MPI_Probe(MPI_ANY_SOURCE, wanted, comm, &status);
      int count = 0;
      MPI_Get_count(&status, MPI_FLOAT, &count);
      came.resize(static_cast<std::size_t>(count));
      MPI_Recv(came.data(), count, MPI_FLOAT, status.MPI_SOURCE, wanted, comm, MPI_STATUS_IGNORE);
      float* own = data.data() + first(wanted);
      for (std::size_t i = 0; i < came.size(); ++i) {
        own[i] = step < size - 1 ? own[i] + came[i] : came[i];
      }
    }
    MPI_Wait(&send, MPI_STATUS_IGNORE);
    block = wanted;
  }
}

}  // namespace kit
