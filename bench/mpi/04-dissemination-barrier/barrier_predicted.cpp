// mpi/04-dissemination-barrier on 4 to 64 ranks: bench/mpi/predicted.hpp.
#include <gtest/gtest.h>

#include "bench/mpi/predicted.hpp"

namespace {

using Barrier = void(MPI_Comm comm);

TEST(Predicted, Candidates) {
  kit::bench::predict_candidates<Barrier>("candidate_barrier", 0,
                                          [](Barrier* barrier, MPI_Comm comm) { barrier(comm); });
}

TEST(Predicted, CentralCounter) {
  kit::bench::predict("a central counter", 0, [](MPI_Comm comm) {
    int rank = 0, ranks = 1;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &ranks);
    if (rank > 0) {
      MPI_Send(nullptr, 0, MPI_BYTE, 0, 0, comm);
      MPI_Recv(nullptr, 0, MPI_BYTE, 0, 1, comm, MPI_STATUS_IGNORE);
      return;
    }
    for (int r = 1; r < ranks; ++r) MPI_Recv(nullptr, 0, MPI_BYTE, r, 0, comm, MPI_STATUS_IGNORE);
    for (int r = 1; r < ranks; ++r) MPI_Send(nullptr, 0, MPI_BYTE, r, 1, comm);
  });
}

TEST(Predicted, TreeUpAndDown) {
  kit::bench::predict("a tree", 0, [](MPI_Comm comm) {
    int rank = 0, ranks = 1, mask = 1;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &ranks);
    for (; mask < ranks && (rank & mask) == 0; mask *= 2) {
      if (rank + mask >= ranks) continue;
      MPI_Recv(nullptr, 0, MPI_BYTE, rank + mask, 0, comm, MPI_STATUS_IGNORE);
    }
    if (rank != 0) {
      MPI_Send(nullptr, 0, MPI_BYTE, rank - mask, 0, comm);
      MPI_Recv(nullptr, 0, MPI_BYTE, rank - mask, 1, comm, MPI_STATUS_IGNORE);
    }
    for (mask /= 2; mask > 0; mask /= 2) {
      if (rank + mask < ranks) MPI_Send(nullptr, 0, MPI_BYTE, rank + mask, 1, comm);
    }
  });
}

}  // namespace
