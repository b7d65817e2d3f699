// rejected by: Correct.OpenBordersStay
// Reckons its neighbours modulo the size of the grid and never asks whether it is periodic: at an
// open border the boundary values are overwritten by the other end of the grid.
#include "halo_exchange.hpp"

#include <mpi.h>

#include <cstddef>
#include <stdexcept>

namespace kit {

void exchange_halo(Field& f, MPI_Comm cart) {
  if (f.w < 0 || f.w > f.nx || f.w > f.ny) throw std::invalid_argument("halo wider than the block");
  if (f.w == 0) return;
  const auto cell = [&f](int y, int x) {
    return f.data + static_cast<std::ptrdiff_t>(y) * f.ld + x;
  };
  int dims[2], round[2], me[2];
  MPI_Cart_get(cart, 2, dims, round, me);
  const auto rank_at = [&](int y, int x) {
    return (y + dims[0]) % dims[0] * dims[1] + (x + dims[1]) % dims[1];
  };
  const int left = rank_at(me[0], me[1] - 1), right = rank_at(me[0], me[1] + 1);
  const int up = rank_at(me[0] - 1, me[1]), down = rank_at(me[0] + 1, me[1]);
  MPI_Datatype columns, rows;
  MPI_Type_vector(f.ny, f.w, f.ld, MPI_DOUBLE, &columns);
  MPI_Type_vector(f.w, f.nx + 2 * f.w, f.ld, MPI_DOUBLE, &rows);
  MPI_Type_commit(&columns);
  MPI_Type_commit(&rows);
  MPI_Sendrecv(cell(f.w, f.w), 1, columns, left, 0, cell(f.w, f.w + f.nx), 1, columns, right, 0,
               cart, MPI_STATUS_IGNORE);
  MPI_Sendrecv(cell(f.w, f.nx), 1, columns, right, 0, cell(f.w, 0), 1, columns, left, 0, cart,
               MPI_STATUS_IGNORE);
  MPI_Sendrecv(cell(f.w, 0), 1, rows, up, 0, cell(f.w + f.ny, 0), 1, rows, down, 0, cart,
               MPI_STATUS_IGNORE);
  MPI_Sendrecv(cell(f.ny, 0), 1, rows, down, 0, cell(0, 0), 1, rows, up, 0, cart,
               MPI_STATUS_IGNORE);
  MPI_Type_free(&columns);
  MPI_Type_free(&rows);
}

}  // namespace kit
