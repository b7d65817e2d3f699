// Rows first, then whole columns: the corners come by way of the neighbour above or below. Each part
// is a subarray of the whole field, sent from its first byte; sends and receives are started
// together, and a tag says which way a message goes.
#include "halo_exchange.hpp"

#include <mpi.h>

#include <array>
#include <stdexcept>
#include <vector>

namespace kit {
namespace {

class Part {
 public:
  Part(const Field& f, int y, int x, int rows, int columns) {
    const std::array<int, 2> whole = {f.ny + 2 * f.w, f.ld};
    const std::array<int, 2> size = {rows, columns};
    const std::array<int, 2> start = {y, x};
    MPI_Type_create_subarray(2, whole.data(), size.data(), start.data(), MPI_ORDER_C, MPI_DOUBLE,
                             &type);
    MPI_Type_commit(&type);
  }
  Part(const Part&) = delete;
  Part& operator=(const Part&) = delete;
  ~Part() { MPI_Type_free(&type); }
  MPI_Datatype type = MPI_DATATYPE_NULL;
};

void phase(const Field& f, MPI_Comm cart, int dimension, const Part& from_low, const Part& to_low,
           const Part& from_high, const Part& to_high) {
  int low = 0, high = 0;
  MPI_Cart_shift(cart, dimension, 1, &low, &high);
  std::vector<MPI_Request> open(4);
  MPI_Irecv(f.data, 1, from_low.type, low, 1, cart, &open[0]);
  MPI_Irecv(f.data, 1, from_high.type, high, 2, cart, &open[1]);
  MPI_Isend(f.data, 1, to_high.type, high, 1, cart, &open[2]);
  MPI_Isend(f.data, 1, to_low.type, low, 2, cart, &open[3]);
  MPI_Waitall(4, open.data(), MPI_STATUSES_IGNORE);
}

}  // namespace

void exchange_halo(Field& f, MPI_Comm cart) {
  const int w = f.w, ny = f.ny, nx = f.nx;
  if (w < 0 || w > nx || w > ny) throw std::invalid_argument("no such halo");
  if (w == 0) return;
  phase(f, cart, 0, {f, 0, w, w, nx}, {f, w, w, w, nx}, {f, w + ny, w, w, nx}, {f, ny, w, w, nx});
  const int rows = ny + 2 * w;
  phase(f, cart, 1, {f, 0, 0, rows, w}, {f, 0, w, rows, w}, {f, 0, w + nx, rows, w},
        {f, 0, nx, rows, w});
}

}  // namespace kit
