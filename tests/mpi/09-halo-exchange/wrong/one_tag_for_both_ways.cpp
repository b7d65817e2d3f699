// rejected by: Correct.OneRankWideAndTwo
// Posts the receive from the left before that from the right and sends to the left first, with one
// tag for both. Where both are one rank, its messages come in the order in which they were sent:
// each lands on the other side.
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
  const auto both = [&](MPI_Datatype type, int before, int after, double* halo_before,
                        double* first, double* last, double* halo_after) {
    MPI_Request open[4];
    MPI_Irecv(halo_before, 1, type, before, 0, cart, &open[0]);
    MPI_Irecv(halo_after, 1, type, after, 0, cart, &open[1]);
    MPI_Isend(first, 1, type, before, 0, cart, &open[2]);
    MPI_Isend(last, 1, type, after, 0, cart, &open[3]);
    MPI_Waitall(4, open, MPI_STATUSES_IGNORE);
  };
  both(columns, left, right, cell(f.w, 0), cell(f.w, f.w), cell(f.w, f.nx), cell(f.w, f.w + f.nx));
  both(rows, up, down, cell(0, 0), cell(f.w, 0), cell(f.ny, 0), cell(f.w + f.ny, 0));
  MPI_Type_free(&columns);
  MPI_Type_free(&rows);
}

}  // namespace kit
