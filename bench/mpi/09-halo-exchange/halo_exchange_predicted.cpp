// mpi/09-halo-exchange on 4 to 64 ranks: bench/mpi/predicted.hpp. Blocks of 32 x 32 cells, w = 1, on
// grids as square as can be, periodic both ways. n is the bytes of one column.
#include <gtest/gtest.h>

#include <vector>

#include "bench/mpi/predicted.hpp"
#include "halo_exchange.hpp"

namespace {

constexpr int kSide = 32;
constexpr int kWhole = kSide + 2;
constexpr int kBytes = kSide * static_cast<int>(sizeof(double));

MPI_Comm grid(MPI_Comm comm) {
  int ranks = 1, dims[2] = {0, 0};
  MPI_Comm_size(comm, &ranks);
  PMPI_Dims_create(ranks, 2, dims);
  return kit::harness::cartesian(comm, {dims[0], dims[1]}, {1, 1});
}

using Exchange = void(kit::Field* f, MPI_Comm cart);

TEST(Predicted, Candidates) {
  kit::bench::predict_candidates<Exchange>("candidate_exchange_halo", kBytes,
                                           [](Exchange* exchange, MPI_Comm comm) {
                                             std::vector<double> cells(kWhole * kWhole);
                                             kit::Field f{cells.data(), kSide, kSide, 1, kWhole};
                                             exchange(&f, grid(comm));
                                           });
}

// To all eight neighbours in one phase.
TEST(Predicted, EightMessages) {
  kit::bench::predict("eight at once", kBytes, [](MPI_Comm comm) {
    const MPI_Comm cart = grid(comm);
    int dims[2], round[2], me[2];
    MPI_Cart_get(cart, 2, dims, round, me);
    std::vector<char> out(kBytes), in(8 * kBytes);
    std::vector<MPI_Request> open;
    for (int way = 0; way < 9; ++way) {
      if (way == 4) continue;
      const int dy = way / 3 - 1, dx = way % 3 - 1;
      const int bytes = dy != 0 && dx != 0 ? static_cast<int>(sizeof(double)) : kBytes;
      const auto rank_at = [&](int y, int x) {
        int place[2] = {(y + dims[0]) % dims[0], (x + dims[1]) % dims[1]}, rank = 0;
        MPI_Cart_rank(cart, place, &rank);
        return rank;
      };
      MPI_Irecv(in.data() + (way < 4 ? way : way - 1) * kBytes, bytes, MPI_BYTE,
                rank_at(me[0] - dy, me[1] - dx), way, cart, &open.emplace_back());
      MPI_Isend(out.data(), bytes, MPI_BYTE, rank_at(me[0] + dy, me[1] + dx), way, cart,
                &open.emplace_back());
    }
    MPI_Waitall(static_cast<int>(open.size()), open.data(), MPI_STATUSES_IGNORE);
  });
}

}  // namespace
