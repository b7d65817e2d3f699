// rejected by: Cost.FourMessages
// Lets ranks at even places send first and those at odd ones receive first, so that blocking calls
// don't hang: each side then takes two rounds, with the links idle half of the time.
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
  MPI_Datatype columns, rows;
  MPI_Type_vector(f.ny, f.w, f.ld, MPI_DOUBLE, &columns);
  MPI_Type_vector(f.w, f.nx + 2 * f.w, f.ld, MPI_DOUBLE, &rows);
  MPI_Type_commit(&columns);
  MPI_Type_commit(&rows);
  int dims[2], round[2], me[2];
  MPI_Cart_get(cart, 2, dims, round, me);
  const auto pass = [&](double* out, int to, double* in, int from, MPI_Datatype type, int d) {
    if (dims[d] == 1) {
      // To itself: both at once.
      MPI_Sendrecv(out, 1, type, to, 0, in, 1, type, from, 0, cart, MPI_STATUS_IGNORE);
      return;
    }
    if (me[d] % 2 == 0) MPI_Send(out, 1, type, to, 0, cart);
    MPI_Recv(in, 1, type, from, 0, cart, MPI_STATUS_IGNORE);
    if (me[d] % 2 == 1) MPI_Send(out, 1, type, to, 0, cart);
  };
  pass(cell(f.w, f.w), left, cell(f.w, f.w + f.nx), right, columns, 1);
  pass(cell(f.w, f.nx), right, cell(f.w, 0), left, columns, 1);
  pass(cell(f.w, 0), up, cell(f.w + f.ny, 0), down, rows, 0);
  pass(cell(f.ny, 0), down, cell(0, 0), up, rows, 0);
  MPI_Type_free(&columns);
  MPI_Type_free(&rows);
}

}  // namespace kit
