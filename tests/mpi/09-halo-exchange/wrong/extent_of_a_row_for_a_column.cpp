// rejected by: Correct.FillsEveryHalo
// Sends w times the type of one column, and sets its extent to a row in place of a cell: each next
// column begins one row further down and not one cell to the right. With w = 1 nothing is seen.
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
  int left, right, up, down;
  MPI_Cart_shift(cart, 1, 1, &left, &right);
  MPI_Cart_shift(cart, 0, 1, &up, &down);
  MPI_Datatype strided, column, rows;
  MPI_Type_vector(f.ny, 1, f.ld, MPI_DOUBLE, &strided);
  MPI_Type_create_resized(strided, 0, static_cast<MPI_Aint>(sizeof(double)) * f.ld, &column);
  MPI_Type_vector(f.w, f.nx + 2 * f.w, f.ld, MPI_DOUBLE, &rows);
  MPI_Type_commit(&column);
  MPI_Type_commit(&rows);
  MPI_Sendrecv(cell(f.w, f.w), f.w, column, left, 0, cell(f.w, f.w + f.nx), f.w, column, right, 0,
               cart, MPI_STATUS_IGNORE);
  MPI_Sendrecv(cell(f.w, f.nx), f.w, column, right, 0, cell(f.w, 0), f.w, column, left, 0, cart,
               MPI_STATUS_IGNORE);
  MPI_Sendrecv(cell(f.w, 0), 1, rows, up, 0, cell(f.w + f.ny, 0), 1, rows, down, 0, cart,
               MPI_STATUS_IGNORE);
  MPI_Sendrecv(cell(f.ny, 0), 1, rows, down, 0, cell(0, 0), 1, rows, up, 0, cart,
               MPI_STATUS_IGNORE);
  MPI_Type_free(&strided);
  MPI_Type_free(&column);
  MPI_Type_free(&rows);
}

}  // namespace kit
