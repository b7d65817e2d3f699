// Looks up its place in the grid and sends only cells that are cells of the grid: rows are whole on
// the sides where there is a neighbour and end at the block where there is none. Receive first, then
// a synchronous send; no message where nothing is there.
#include "halo_exchange.hpp"

#include <mpi.h>

#include <cstddef>
#include <stdexcept>

namespace kit {
namespace {

struct Way {
  double* out;
  int to;
  double* in;
  int from;
};

void pass(const Way& way, MPI_Datatype type, MPI_Comm cart) {
  MPI_Request come = MPI_REQUEST_NULL;
  if (way.from != MPI_PROC_NULL) MPI_Irecv(way.in, 1, type, way.from, 9, cart, &come);
  if (way.to != MPI_PROC_NULL) MPI_Ssend(way.out, 1, type, way.to, 9, cart);
  MPI_Wait(&come, MPI_STATUS_IGNORE);
}

}  // namespace

void exchange_halo(Field& f, MPI_Comm cart) {
  if (f.w < 0 || f.nx < f.w || f.ny < f.w) throw std::invalid_argument("halo wider than the block");
  if (f.w == 0) return;
  int left, right, up, down;
  MPI_Cart_shift(cart, 1, 1, &left, &right);
  MPI_Cart_shift(cart, 0, 1, &up, &down);
  double* const first = f.data + static_cast<std::ptrdiff_t>(f.w) * f.ld + f.w;  // of the block
  const std::ptrdiff_t line = f.ld;

  MPI_Datatype part;
  MPI_Type_vector(f.ny, f.w, f.ld, MPI_DOUBLE, &part);
  MPI_Type_commit(&part);
  pass({first + f.nx - f.w, right, first - f.w, left}, part, cart);
  pass({first, left, first + f.nx, right}, part, cart);
  MPI_Type_free(&part);

  const int before = left == MPI_PROC_NULL ? 0 : f.w;
  const int after = right == MPI_PROC_NULL ? 0 : f.w;
  double* const start = first - before;
  MPI_Type_vector(f.w, before + f.nx + after, f.ld, MPI_DOUBLE, &part);
  MPI_Type_commit(&part);
  pass({start + (f.ny - f.w) * line, down, start - f.w * line, up}, part, cart);
  pass({start, up, start + f.ny * line, down}, part, cart);
  MPI_Type_free(&part);
}

}  // namespace kit
