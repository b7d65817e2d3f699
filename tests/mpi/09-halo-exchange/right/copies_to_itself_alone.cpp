// One cell's type, made w wide by its extent, and persistent requests. Where a dimension is one rank
// wide and periodic the rank is its own neighbour: it copies within the field and sends nothing.
#include "halo_exchange.hpp"

#include <mpi.h>

#include <algorithm>
#include <cstddef>
#include <stdexcept>

namespace kit {
namespace {

// n lines of cells, `step` cells apart, each `length` cells; w of them lie `next` cells apart.
struct Band {
  int lines, length, step, next;
};

void exchange(double* halo_before, double* first, double* last, double* halo_after, Band band,
              int w, int dimension, MPI_Comm cart) {
  int before = 0, after = 0, rank = 0;
  MPI_Comm_rank(cart, &rank);
  MPI_Cart_shift(cart, dimension, 1, &before, &after);
  if (before == rank) {
    for (int k = 0; k < w; ++k) {
      for (int line = 0; line < band.lines; ++line) {
        const std::ptrdiff_t at = std::ptrdiff_t{k} * band.next + std::ptrdiff_t{line} * band.step;
        std::copy_n(last + at, band.length, halo_before + at);
        std::copy_n(first + at, band.length, halo_after + at);
      }
    }
    return;
  }
  MPI_Datatype one, wide;
  MPI_Type_vector(band.lines, band.length, band.step, MPI_DOUBLE, &one);
  MPI_Type_create_resized(one, 0, static_cast<MPI_Aint>(sizeof(double)) * band.next, &wide);
  MPI_Type_commit(&wide);
  MPI_Request all[4];
  MPI_Recv_init(halo_before, w, wide, before, 21, cart, &all[0]);
  MPI_Recv_init(halo_after, w, wide, after, 22, cart, &all[1]);
  MPI_Send_init(first, w, wide, before, 22, cart, &all[2]);
  MPI_Send_init(last, w, wide, after, 21, cart, &all[3]);
  MPI_Startall(4, all);
  MPI_Waitall(4, all, MPI_STATUSES_IGNORE);
  for (MPI_Request& request : all) MPI_Request_free(&request);
  MPI_Type_free(&wide);
  MPI_Type_free(&one);
}

}  // namespace

void exchange_halo(Field& f, MPI_Comm cart) {
  if (f.w < 0 || f.w > std::min(f.nx, f.ny)) throw std::invalid_argument("halo wider than block");
  if (f.w == 0) return;
  const auto at = [&](int y, int x) { return f.data + static_cast<std::ptrdiff_t>(y) * f.ld + x; };
  exchange(at(f.w, 0), at(f.w, f.w), at(f.w, f.nx), at(f.w, f.w + f.nx), {f.ny, 1, f.ld, 1}, f.w, 1,
           cart);
  exchange(at(0, 0), at(f.w, 0), at(f.ny, 0), at(f.w + f.ny, 0), {1, f.nx + 2 * f.w, 1, f.ld}, f.w,
           0, cart);
}

}  // namespace kit
