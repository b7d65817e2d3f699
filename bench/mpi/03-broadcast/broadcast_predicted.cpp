// mpi/03-broadcast on 4 to 64 ranks: bench/mpi/predicted.hpp.
#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

#include "bench/mpi/predicted.hpp"

namespace {

constexpr int kBytes = 64;
using Broadcast = void(std::byte* data, std::size_t size, int root, MPI_Comm comm);

TEST(Predicted, Candidates) {
  kit::bench::predict_candidates<Broadcast>("candidate_broadcast", kBytes,
                                            [](Broadcast* broadcast, MPI_Comm comm) {
                                              std::vector<std::byte> data(kBytes);
                                              broadcast(data.data(), data.size(), 0, comm);
                                            });
}

TEST(Predicted, Chain) {
  kit::bench::predict("a chain", kBytes, [](MPI_Comm comm) {
    int rank = 0, ranks = 1;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &ranks);
    std::vector<std::byte> data(kBytes);
    if (rank > 0) MPI_Recv(data.data(), kBytes, MPI_BYTE, rank - 1, 0, comm, MPI_STATUS_IGNORE);
    if (rank + 1 < ranks) MPI_Send(data.data(), kBytes, MPI_BYTE, rank + 1, 0, comm);
  });
}

TEST(Predicted, RootSendsToEach) {
  kit::bench::predict("one by one", kBytes, [](MPI_Comm comm) {
    int rank = 0, ranks = 1;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &ranks);
    std::vector<std::byte> data(kBytes);
    if (rank > 0) MPI_Recv(data.data(), kBytes, MPI_BYTE, 0, 0, comm, MPI_STATUS_IGNORE);
    for (int to = 1; rank == 0 && to < ranks; ++to)
      MPI_Send(data.data(), kBytes, MPI_BYTE, to, 0, comm);
  });
}

// Parts of the data to all, by halves; then round the ring until each has all parts.
TEST(Predicted, ScatterAndAllgather) {
  kit::bench::predict("in parts", kBytes, [](MPI_Comm comm) {
    int rank = 0, ranks = 1;
    MPI_Comm_rank(comm, &rank);
    MPI_Comm_size(comm, &ranks);
    std::vector<std::byte> data(kBytes);
    const auto begin = [&](int part) { return kBytes * part / ranks; };
    int first = 0, last = ranks;  // the ranks of which one has the parts
    while (last - first > 1) {
      const int middle = (first + last + 1) / 2;
      const int bytes = begin(last) - begin(middle);
      if (rank == first) MPI_Send(data.data() + begin(middle), bytes, MPI_BYTE, middle, 0, comm);
      if (rank == middle)
        MPI_Recv(data.data() + begin(middle), bytes, MPI_BYTE, first, 0, comm, MPI_STATUS_IGNORE);
      (rank < middle ? last : first) = middle;
    }
    for (int step = 0; step + 1 < ranks; ++step) {
      const int out = (rank - step + ranks) % ranks, in = (rank - step - 1 + ranks) % ranks;
      MPI_Sendrecv(data.data() + begin(out), begin(out + 1) - begin(out), MPI_BYTE,
                   (rank + 1) % ranks, 1, data.data() + begin(in), begin(in + 1) - begin(in),
                   MPI_BYTE, (rank - 1 + ranks) % ranks, 1, comm, MPI_STATUS_IGNORE);
    }
  });
}

}  // namespace
