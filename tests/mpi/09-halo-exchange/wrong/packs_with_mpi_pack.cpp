// rejected by: Cost.NoCopies
// Lets MPI_Pack gather the columns into a buffer on the stack of each call: no loop of one's own
// and no heap, but the same two copies.
#include "halo_exchange.hpp"

#include <mpi.h>

#include <array>
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
  MPI_Datatype columns, rows;
  MPI_Type_vector(f.ny, f.w, f.ld, MPI_DOUBLE, &columns);
  MPI_Type_vector(f.w, f.nx + 2 * f.w, f.ld, MPI_DOUBLE, &rows);
  MPI_Type_commit(&columns);
  MPI_Type_commit(&rows);
  std::array<char, 4096> out{}, in{};
  const auto pass = [&](double* from_cell, int to, double* to_cell, int from) {
    int size = 0, at = 0;
    MPI_Pack_size(1, columns, cart, &size);
    if (static_cast<std::size_t>(size) > out.size()) throw std::length_error("halo too long");
    MPI_Pack(from_cell, 1, columns, out.data(), size, &at, cart);
    MPI_Sendrecv(out.data(), at, MPI_PACKED, to, 0, in.data(), size, MPI_PACKED, from, 0, cart,
                 MPI_STATUS_IGNORE);
    at = 0;
    if (from != MPI_PROC_NULL) MPI_Unpack(in.data(), size, &at, to_cell, 1, columns, cart);
  };
  pass(cell(f.w, f.w), left, cell(f.w, f.w + f.nx), right);
  pass(cell(f.w, f.nx), right, cell(f.w, 0), left);
  MPI_Sendrecv(cell(f.w, 0), 1, rows, up, 0, cell(f.w + f.ny, 0), 1, rows, down, 0, cart,
               MPI_STATUS_IGNORE);
  MPI_Sendrecv(cell(f.ny, 0), 1, rows, down, 0, cell(0, 0), 1, rows, up, 0, cart,
               MPI_STATUS_IGNORE);
  MPI_Type_free(&columns);
  MPI_Type_free(&rows);
}

}  // namespace kit
