// Two phases. First the columns go left and right; then the rows go up and down, and they are sent
// with the halo columns that came in the first phase. So a corner comes in two steps, by way of the
// neighbour beside it, and four messages do what eight seem to be needed for.
//
//   block of rank 4 on a 3 x 3 grid, w = 1; a digit is the rank from which a cell's value is:
//
//     before           columns          whole rows
//     .  .  .  .       .  .  .  .       0  1  1  2     rank 1 sends its row  0 1 1 2 : the 0 and
//     .  4  4  .       3  4  4  5       3  4  4  5     the 2 came to it in its own first phase
//     .  4  4  .       3  4  4  5       3  4  4  5
//     .  .  .  .       .  .  .  .       6  7  7  8
//
// Beyond an open border the neighbour is MPI_PROC_NULL, and nothing is sent or received. A whole row
// then carries the neighbour's cells outside the grid too, which are the same cells with the same
// values.
#include "halo_exchange.hpp"

#include <mpi.h>

#include <array>
#include <cstddef>
#include <stdexcept>
#include <utility>

namespace kit {
namespace {

// `rows` rows of `cells` cells each, `ld` apart: what one message carries. One row needs no type of
// its own.
class Rectangle {
 public:
  Rectangle(int rows, int cells, int ld) : count_(rows == 1 ? cells : 1), own_(rows > 1) {
    if (!own_) return;
    MPI_Type_vector(rows, cells, ld, MPI_DOUBLE, &type_);
    MPI_Type_commit(&type_);
  }
  Rectangle(const Rectangle&) = delete;
  Rectangle& operator=(const Rectangle&) = delete;
  ~Rectangle() {
    if (own_) MPI_Type_free(&type_);
  }
  int count() const { return count_; }
  MPI_Datatype type() const { return type_; }

 private:
  int count_;
  bool own_;
  MPI_Datatype type_ = MPI_DOUBLE;
};

// The first cells of the block go to the neighbour before it (left, or above) and its last ones to
// the one after it; what comes goes into the halo on that side. Both ways at once: receives are
// posted first, and the tag is the way, since both neighbours may be one rank.
void exchange(int dimension, const Rectangle& cells, double* halo_before, double* first,
              double* last, double* halo_after, MPI_Comm cart) {
  constexpr int kBack = 0;
  constexpr int kForth = 1;
  int before = MPI_PROC_NULL;
  int after = MPI_PROC_NULL;
  MPI_Cart_shift(cart, dimension, 1, &before, &after);
  const auto [count, type] = std::pair(cells.count(), cells.type());
  std::array<MPI_Request, 4> open;
  MPI_Irecv(halo_before, count, type, before, kForth, cart, &open[0]);
  MPI_Irecv(halo_after, count, type, after, kBack, cart, &open[1]);
  MPI_Isend(last, count, type, after, kForth, cart, &open[2]);
  MPI_Isend(first, count, type, before, kBack, cart, &open[3]);
  MPI_Waitall(4, open.data(), MPI_STATUSES_IGNORE);
}

}  // namespace

void exchange_halo(Field& f, MPI_Comm cart) {
  if (f.w < 0 || f.w > f.nx || f.w > f.ny) {
    throw std::invalid_argument("exchange_halo: the halo is wider than the block");
  }
  if (f.w == 0) return;
  const auto cell = [&f](int y, int x) {
    return f.data + static_cast<std::ptrdiff_t>(y) * f.ld + x;
  };

  const Rectangle columns(f.ny, f.w, f.ld);
  exchange(1, columns, cell(f.w, 0), cell(f.w, f.w), cell(f.w, f.nx), cell(f.w, f.w + f.nx), cart);

  const Rectangle rows(f.w, f.nx + 2 * f.w, f.ld);
  exchange(0, rows, cell(0, 0), cell(f.w, 0), cell(f.ny, 0), cell(f.w + f.ny, 0), cart);
}

}  // namespace kit
