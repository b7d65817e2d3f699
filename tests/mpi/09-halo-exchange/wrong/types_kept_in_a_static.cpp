// rejected by: Robust.LeavesNothingBehind
// Keeps its types from call to call so as not to build them anew. Nobody frees them, one pair for
// each shape of field that the program ever had.
#include "halo_exchange.hpp"

#include <mpi.h>

#include <array>
#include <cstddef>
#include <map>
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
  struct Types {
    MPI_Datatype columns, rows;
  };
  static std::map<std::array<int, 4>, Types> known;
  const std::array<int, 4> shape = {f.nx, f.ny, f.w, f.ld};
  if (known.find(shape) == known.end()) {
    Types made{};
    MPI_Type_vector(f.ny, f.w, f.ld, MPI_DOUBLE, &made.columns);
    MPI_Type_vector(f.w, f.nx + 2 * f.w, f.ld, MPI_DOUBLE, &made.rows);
    MPI_Type_commit(&made.columns);
    MPI_Type_commit(&made.rows);
    known[shape] = made;
  }
  const auto [columns, rows] = known[shape];
  MPI_Sendrecv(cell(f.w, f.w), 1, columns, left, 0, cell(f.w, f.w + f.nx), 1, columns, right, 0,
               cart, MPI_STATUS_IGNORE);
  MPI_Sendrecv(cell(f.w, f.nx), 1, columns, right, 0, cell(f.w, 0), 1, columns, left, 0, cart,
               MPI_STATUS_IGNORE);
  MPI_Sendrecv(cell(f.w, 0), 1, rows, up, 0, cell(f.w + f.ny, 0), 1, rows, down, 0, cart,
               MPI_STATUS_IGNORE);
  MPI_Sendrecv(cell(f.ny, 0), 1, rows, down, 0, cell(0, 0), 1, rows, up, 0, cart,
               MPI_STATUS_IGNORE);
}

}  // namespace kit
