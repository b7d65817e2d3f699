// mpi/09-halo-exchange on 2 ranks side by side, periodic both ways, from a side of 8 bytes to one of
// megabytes, and on 8 ranks of which several share a core. Each rank sends its two columns to the
// other rank and its two rows to itself. The roof is a ping-pong of the same minute with the bytes
// of one column, twice: what must cross between the ranks, without gaps.
#include <fmt/format.h>
#include <mpi.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "bench/harness/candidate.hpp"
#include "bench/harness/launch.hpp"
#include "bench/mpi/ranks.hpp"
#include "halo_exchange.hpp"

namespace {

using namespace kit::bench;
using kit::Field;

using Exchange = void(Field* f, MPI_Comm cart);

// A grid of 1 x 2 or 2 x 4 ranks.
struct Grid {
  Grid() {
    MPI_Comm_size(MPI_COMM_WORLD, &ranks);
    const int dims[2] = {ranks > 2 ? 2 : 1, ranks > 2 ? ranks / 2 : 2};
    const int round[2] = {1, 1};
    MPI_Cart_create(MPI_COMM_WORLD, 2, dims, round, 0, &cart);
    MPI_Comm_rank(cart, &rank);
  }
  MPI_Comm cart = MPI_COMM_NULL;
  int rank = 0, ranks = 1;
};

double* cell(const Field& f, int y, int x) {
  return f.data + static_cast<std::ptrdiff_t>(y) * f.ld + x;
}

// Copies each part into a buffer, and what came out of another. `rows` rows of `length` cells.
void pass_packed(const Field& f, const double* out, int to, double* in, int from, int rows,
                 int length, MPI_Comm cart) {
  static std::vector<double> leaves, comes;
  const auto count = static_cast<std::size_t>(rows) * static_cast<std::size_t>(length);
  leaves.resize(std::max(leaves.size(), count));
  comes.resize(std::max(comes.size(), count));
  for (int y = 0; y < rows; ++y) {
    std::copy_n(out + static_cast<std::ptrdiff_t>(y) * f.ld, length,
                leaves.data() + static_cast<std::ptrdiff_t>(y) * length);
  }
  MPI_Sendrecv(leaves.data(), static_cast<int>(count), MPI_DOUBLE, to, 0, comes.data(),
               static_cast<int>(count), MPI_DOUBLE, from, 0, cart, MPI_STATUS_IGNORE);
  for (int y = 0; y < rows; ++y) {
    std::copy_n(comes.data() + static_cast<std::ptrdiff_t>(y) * length, length,
                in + static_cast<std::ptrdiff_t>(y) * f.ld);
  }
}

void packed(Field* field, MPI_Comm cart) {
  const Field& f = *field;
  int left, right, up, down;
  MPI_Cart_shift(cart, 1, 1, &left, &right);
  MPI_Cart_shift(cart, 0, 1, &up, &down);
  const int w = f.w, whole = f.nx + 2 * f.w;
  pass_packed(f, cell(f, w, w), left, cell(f, w, w + f.nx), right, f.ny, w, cart);
  pass_packed(f, cell(f, w, f.nx), right, cell(f, w, 0), left, f.ny, w, cart);
  pass_packed(f, cell(f, w, 0), up, cell(f, w + f.ny, 0), down, w, whole, cart);
  pass_packed(f, cell(f, f.ny, 0), down, cell(f, 0, 0), up, w, whole, cart);
}

// A message for each row of a column.
void row_by_row(Field* field, MPI_Comm cart) {
  const Field& f = *field;
  int left, right, up, down;
  MPI_Cart_shift(cart, 1, 1, &left, &right);
  MPI_Cart_shift(cart, 0, 1, &up, &down);
  const auto pass = [&](double* out, int to, double* in, int from, int rows, int length) {
    for (int y = 0; y < rows; ++y) {
      const std::ptrdiff_t at = static_cast<std::ptrdiff_t>(y) * f.ld;
      MPI_Sendrecv(out + at, length, MPI_DOUBLE, to, 0, in + at, length, MPI_DOUBLE, from, 0, cart,
                   MPI_STATUS_IGNORE);
    }
  };
  const int w = f.w, whole = f.nx + 2 * f.w;
  pass(cell(f, w, w), left, cell(f, w, w + f.nx), right, f.ny, w);
  pass(cell(f, w, f.nx), right, cell(f, w, 0), left, f.ny, w);
  pass(cell(f, w, 0), up, cell(f, w + f.ny, 0), down, w, whole);
  pass(cell(f, f.ny, 0), down, cell(f, 0, 0), up, w, whole);
}

// The library's neighbourhood collective, once for each phase. Its types are made in each call too.
void library(Field* field, MPI_Comm cart) {
  const Field& f = *field;
  MPI_Datatype columns, rows;
  MPI_Type_vector(f.ny, f.w, f.ld, MPI_DOUBLE, &columns);
  MPI_Type_vector(f.w, f.nx + 2 * f.w, f.ld, MPI_DOUBLE, &rows);
  MPI_Type_commit(&columns);
  MPI_Type_commit(&rows);
  const auto at = [&](int y, int x) {
    return static_cast<MPI_Aint>(sizeof(double)) * (static_cast<MPI_Aint>(y) * f.ld + x);
  };
  const MPI_Datatype types[4] = {rows, rows, columns, columns};
  const MPI_Aint from[4] = {at(f.w, 0), at(f.ny, 0), at(f.w, f.w), at(f.w, f.nx)};
  const MPI_Aint to[4] = {at(0, 0), at(f.w + f.ny, 0), at(f.w, 0), at(f.w, f.w + f.nx)};
  const int only_columns[4] = {0, 0, 1, 1};
  const int only_rows[4] = {1, 1, 0, 0};
  MPI_Neighbor_alltoallw(f.data, only_columns, from, types, f.data, only_columns, to, types, cart);
  MPI_Neighbor_alltoallw(f.data, only_rows, from, types, f.data, only_rows, to, types, cart);
  MPI_Type_free(&columns);
  MPI_Type_free(&rows);
}

struct Memory {
  std::vector<double> cells;
  Field field{};
};

// Each cell's value is made of its global place; the same answer on all ranks.
std::string check(Memory& memory, Exchange* exchange, const Grid& grid) {
  int dims[2], round[2], me[2];
  MPI_Cart_get(grid.cart, 2, dims, round, me);
  const Field& f = memory.field;
  const auto wanted = [&](int y, int x) {
    const int all_y = dims[0] * f.ny, all_x = dims[1] * f.nx;
    const int gy = (me[0] * f.ny + y - f.w + all_y) % all_y;
    const int gx = (me[1] * f.nx + x - f.w + all_x) % all_x;
    return static_cast<double>(gy) * 1e6 + gx;
  };
  int wrong = 0;
  for (const bool before : {true, false}) {
    for (int y = 0; y < f.ny + 2 * f.w; ++y) {
      for (int x = 0; x < f.nx + 2 * f.w; ++x) {
        const bool block = y >= f.w && y < f.w + f.ny && x >= f.w && x < f.w + f.nx;
        if (before) *cell(f, y, x) = block ? wanted(y, x) : -1;
        if (!before && *cell(f, y, x) != wanted(y, x)) wrong = 1;
      }
    }
    if (before) exchange(&memory.field, grid.cart);
  }
  return on_all(wrong == 0) ? "" : "some rank has a wrong cell";
}

Workload workload(const Grid& grid, int ny, int nx, int w) {
  const auto memory = std::make_shared<Memory>();
  memory->field = {nullptr, nx, ny, w, nx + 2 * w};
  memory->cells.resize(static_cast<std::size_t>(ny + 2 * w) * static_cast<std::size_t>(nx + 2 * w));
  memory->field.data = memory->cells.data();
  const auto contestant = [=](const std::string& name, Role role, Exchange* exchange) {
    Contestant made{name, role, {}, {}};
    made.check = [=] { return check(*memory, exchange, grid); };
    made.seconds = [=](long long runs) {
      return slowest(runs, [&](long long) { exchange(&memory->field, grid.cart); });
    };
    return made;
  };
  Workload work;
  const std::size_t column =
      sizeof(double) * static_cast<std::size_t>(ny) * static_cast<std::size_t>(w);
  work.text = fmt::format("{} x {} cells, w = {}: {} bytes to a side, {} ranks", ny, nx, w, column,
                          grid.ranks);
  if (grid.ranks == 2) work.message = column;
  work.work = Work::two_cores;
  work.agree = rank_0s;
  work.contestants.push_back(contestant("row by row", Role::baseline, row_by_row));
  for (Contestant& candidate : candidates([&](const Candidate& c) {
         return contestant("", c.role(), c.function<Exchange>("candidate_exchange_halo"));
       })) {
    work.contestants.push_back(std::move(candidate));
  }
  work.contestants.push_back(contestant("packed by hand", Role::peer, packed));
  work.contestants.push_back(contestant("MPI_Neighbor_alltoallw", Role::peer, library));
  const auto there = std::make_shared<std::vector<std::byte>>(column);
  const auto room = std::make_shared<std::vector<std::byte>>(column);
  work.contestants.push_back({"two sides, a ping-pong", Role::roof, {}, [=](long long runs) {
                                return slowest(runs, [&](long long i) {
                                  ping_pong(i, there->data(), room->data(), column);
                                  ping_pong(i + 1, there->data(), room->data(), column);
                                });
                              }});
  work.level = distance_of_cores();
  return work;
}

}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  bench.exercise = KIT_EXERCISE;
  bench.parts = {
      {2, 4,
       [] {
         const Grid grid;
         // The last two have sides of 1 MiB and 16 MiB on a block that is 16 cells wide.
         return std::vector<Workload>{workload(grid, 1, 1, 1),      workload(grid, 32, 32, 1),
                                      workload(grid, 256, 256, 1),  workload(grid, 1024, 1024, 2),
                                      workload(grid, 65536, 16, 2), workload(grid, 262144, 16, 8)};
       }},
      {8, 1, [] {
         const Grid grid;
         return std::vector<Workload>{workload(grid, 32, 32, 1), workload(grid, 512, 512, 2)};
       }}};
  bench.notes = {
      "On 2 ranks the columns go to the other rank and the rows to the rank itself. What a "
      "datatype",
      "costs against packing by hand is the library's doing: it packs too, piece by piece. Types "
      "are",
      "made and freed in each call, as the contract asks. of roof = time of two messages of one",
      "side's bytes each, without gaps / time."};
  bench.around = with_mpi;
  return run(bench, argc, argv);
}
