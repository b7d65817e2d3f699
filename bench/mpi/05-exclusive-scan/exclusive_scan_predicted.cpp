// mpi/05-exclusive-scan on 4 to 64 ranks: bench/mpi/predicted.hpp.
#include <gtest/gtest.h>

#include <cstdint>
#include <vector>

#include "bench/mpi/predicted.hpp"

namespace {

constexpr int kBytes = 64;
using Numbers = std::vector<std::int64_t>;

using Scan = void(const std::int64_t* in, std::int64_t* out, std::size_t size, MPI_Comm comm);

TEST(Predicted, Candidates) {
  kit::bench::predict_candidates<Scan>("candidate_exclusive_scan", kBytes,
                                       [](Scan* scan, MPI_Comm comm) {
                                         const Numbers in(8, 1);
                                         Numbers out(8);
                                         scan(in.data(), out.data(), in.size(), comm);
                                       });
}

TEST(Predicted, Chain) {
  kit::bench::predict("a chain", kBytes, [](MPI_Comm comm) {
    int rank = 0, ranks = 1;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &ranks);
    Numbers part(8, 0);
    if (rank > 0) {
      MPI_Recv(part.data(), kBytes, MPI_BYTE, rank - 1, 0, comm, MPI_STATUS_IGNORE);
    }
    for (auto& x : part) x += 1;
    if (rank + 1 < ranks) MPI_Send(part.data(), kBytes, MPI_BYTE, rank + 1, 0, comm);
  });
}

// Totals up a binomial tree, parts down again: the work-efficient form.
TEST(Predicted, TreeUpAndDown) {
  kit::bench::predict("a tree", kBytes, [](MPI_Comm comm) {
    int rank = 0, ranks = 1, mask = 1;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &ranks);
    Numbers part(8, 0);
    for (; mask < ranks && (rank & mask) == 0; mask *= 2) {
      if (rank + mask >= ranks) continue;
      MPI_Recv(part.data(), kBytes, MPI_BYTE, rank + mask, 0, comm, MPI_STATUS_IGNORE);
    }
    if (rank != 0) {
      MPI_Send(part.data(), kBytes, MPI_BYTE, rank - mask, 0, comm);
      MPI_Recv(part.data(), kBytes, MPI_BYTE, rank - mask, 1, comm, MPI_STATUS_IGNORE);
    }
    for (mask /= 2; mask > 0; mask /= 2) {
      if (rank + mask < ranks) MPI_Send(part.data(), kBytes, MPI_BYTE, rank + mask, 1, comm);
    }
  });
}

}  // namespace
