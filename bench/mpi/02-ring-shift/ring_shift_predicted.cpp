// mpi/02-ring-shift on 4 to 64 ranks: bench/mpi/predicted.hpp.
#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

#include "bench/mpi/predicted.hpp"

namespace {

using Shift = void(std::byte* data, std::size_t size, int steps, MPI_Comm comm);

TEST(Predicted, Candidates) {
  kit::bench::predict_candidates<Shift>("candidate_ring_shift", 64,
                                        [](Shift* shift, MPI_Comm comm) {
                                          std::vector<std::byte> block(64);
                                          shift(block.data(), block.size(), 3, comm);
                                        });
}

// Blocks that walk from rank to rank.
TEST(Predicted, SingleHops) {
  kit::bench::predict("single hops", 64, [](MPI_Comm comm) {
    int rank = 0, ranks = 1;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &ranks);
    std::vector<std::byte> block(64), came(64);
    for (int i = 0; i < 3; ++i)
      MPI_Sendrecv(block.data(), 64, MPI_BYTE, (rank + 1) % ranks, 0, came.data(), 64, MPI_BYTE,
                   (rank - 1 + ranks) % ranks, 0, comm, MPI_STATUS_IGNORE);
  });
}

// One rank that receives first, and all others that send first.
TEST(Predicted, OneRankBreaksTheCircle) {
  kit::bench::predict("one rank first", 64, [](MPI_Comm comm) {
    int rank = 0, ranks = 1;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &ranks);
    std::vector<std::byte> block(64), came(64);
    const auto send = [&] { MPI_Send(block.data(), 64, MPI_BYTE, (rank + 1) % ranks, 0, comm); };
    if (rank > 0) send();
    MPI_Recv(came.data(), 64, MPI_BYTE, (rank - 1 + ranks) % ranks, 0, comm, MPI_STATUS_IGNORE);
    if (rank == 0) send();
  });
}

}  // namespace
