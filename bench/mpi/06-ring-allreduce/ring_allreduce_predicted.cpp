// mpi/06-ring-allreduce on 4 to 64 ranks: bench/mpi/predicted.hpp. 960 floats a block, so that every
// number of ranks but 7 divides the vector.
#include <gtest/gtest.h>

#include <vector>

#include "bench/mpi/predicted.hpp"

namespace {

constexpr int kCount = 5760;
constexpr int kBytes = kCount * static_cast<int>(sizeof(float));

using Allreduce = void(float* data, std::size_t n, MPI_Comm comm);

TEST(Predicted, Candidates) {
  kit::bench::predict_candidates<Allreduce>("candidate_ring_allreduce", kBytes,
                                            [](Allreduce* allreduce, MPI_Comm comm) {
                                              std::vector<float> data(kCount);
                                              allreduce(data.data(), data.size(), comm);
                                            });
}

// Exchanges of the whole vector with partners 1, 2, 4 ... away; what is beyond a power of two hands
// its numbers in first and gets the sum at the end.
TEST(Predicted, RecursiveDoubling) {
  kit::bench::predict("doubling", kBytes, [](MPI_Comm comm) {
    int rank = 0, ranks = 1, core = 1;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &ranks);
    std::vector<float> data(kCount), room(kCount);
    while (core * 2 <= ranks) core *= 2;
    if (rank >= core) {
      MPI_Send(data.data(), kBytes, MPI_BYTE, rank - core, 0, comm);
      MPI_Recv(data.data(), kBytes, MPI_BYTE, rank - core, 0, comm, MPI_STATUS_IGNORE);
      return;
    }
    if (rank + core < ranks) {
      MPI_Recv(room.data(), kBytes, MPI_BYTE, rank + core, 0, comm, MPI_STATUS_IGNORE);
    }
    for (int bit = 1; bit < core; bit *= 2) {
      MPI_Sendrecv(data.data(), kBytes, MPI_BYTE, rank ^ bit, 0, room.data(), kBytes, MPI_BYTE,
                   rank ^ bit, 0, comm, MPI_STATUS_IGNORE);
    }
    if (rank + core < ranks) MPI_Send(data.data(), kBytes, MPI_BYTE, rank + core, 0, comm);
  });
}

}  // namespace
