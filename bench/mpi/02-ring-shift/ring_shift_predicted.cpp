// mpi/02-ring-shift on 4 to 64 ranks: bench/mpi/predicted.hpp.
#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

#include "bench/mpi/predicted.hpp"
#include "ring_shift.hpp"

namespace {

TEST(Predicted, Reference) {
  kit::bench::predict("the reference, 3 steps", 64, [](MPI_Comm comm) {
    std::vector<std::byte> block(64);
    kit::ring_shift(block, 3, comm);
  });
}

// Blocks that walk from rank to rank.
TEST(Predicted, SingleHops) {
  kit::bench::predict("single hops, 3 steps", 64, [](MPI_Comm comm) {
    std::vector<std::byte> block(64);
    for (int i = 0; i < 3; ++i) kit::ring_shift(block, 1, comm);
  });
}

// One rank that receives first, and all others that send first.
TEST(Predicted, OneRankBreaksTheCircle) {
  kit::bench::predict("one rank receives first, 1 step", 64, [](MPI_Comm comm) {
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
