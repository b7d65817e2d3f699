// rejected by: Cost.FourMessages
// Sends the columns row by row, which needs no datatype: ny messages to each side in place of one.
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
  for (int y = f.w; y < f.w + f.ny; ++y) {
    MPI_Sendrecv(cell(y, f.w), f.w, MPI_DOUBLE, left, 0, cell(y, f.w + f.nx), f.w, MPI_DOUBLE,
                 right, 0, cart, MPI_STATUS_IGNORE);
    MPI_Sendrecv(cell(y, f.nx), f.w, MPI_DOUBLE, right, 0, cell(y, 0), f.w, MPI_DOUBLE, left, 0,
                 cart, MPI_STATUS_IGNORE);
  }
  for (int y = 0; y < f.w; ++y) {
    const int whole = f.nx + 2 * f.w;
    MPI_Sendrecv(cell(f.w + y, 0), whole, MPI_DOUBLE, up, 0, cell(f.w + f.ny + y, 0), whole,
                 MPI_DOUBLE, down, 0, cart, MPI_STATUS_IGNORE);
    MPI_Sendrecv(cell(f.ny + y, 0), whole, MPI_DOUBLE, down, 0, cell(y, 0), whole, MPI_DOUBLE, up,
                 0, cart, MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
