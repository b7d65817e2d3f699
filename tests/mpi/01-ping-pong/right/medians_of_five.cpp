// 22 sizes up to 1 MiB, five round trips of each behind one that warms up, the median of the five,
// and a least-squares line. All ranks but the measuring one add zeros: a sum tells everybody. Both
// ranks time, and b's times, in which its clock also counts the wait, are thrown away.
#include "ping_pong.hpp"

#include <mpi.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <stdexcept>

namespace kit {
namespace {

struct Sums {
  double count = 0, n = 0, nn = 0, t = 0, nt = 0;
  void add(double bytes, double time) {
    count += 1;
    n += bytes;
    nn += bytes * bytes;
    t += time;
    nt += bytes * time;
  }
  double slope() const { return (count * nt - n * t) / (count * nn - n * n); }
  double at_zero() const { return (t - slope() * n) / count; }
};

double median(std::array<double, 5> times) {
  std::nth_element(times.begin(), times.begin() + 2, times.end());
  return times[2];
}

}  // namespace

Link measure_link(MPI_Comm comm, int a, int b) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (std::min(a, b) < 0 || std::max(a, b) >= size || a == b) {
    throw std::invalid_argument("measure_link: two different ranks of comm are needed");
  }
  double mine[2] = {0, 0};
  if (rank == a || rank == b) {
    const auto data = std::make_unique<std::byte[]>(1 << 20);
    Sums line;
    const auto trip = [&](int n) {
      const double before = MPI_Wtime();
      for (const int sender : {a, b}) {
        if (rank == sender)
          MPI_Send(data.get(), n, MPI_BYTE, a + b - rank, 0, comm);
        else
          MPI_Recv(data.get(), n, MPI_BYTE, MPI_ANY_SOURCE, MPI_ANY_TAG, comm, MPI_STATUS_IGNORE);
      }
      return MPI_Wtime() - before;
    };
    for (int n = 0; n <= 1 << 20; n = n == 0 ? 1 : 2 * n) {
      trip(n);
      line.add(n, median({trip(n), trip(n), trip(n), trip(n), trip(n)}) / 2);
    }
    if (rank == a) {
      mine[0] = line.at_zero();
      mine[1] = 1 / line.slope();
    }
  }
  double answer[2];
  MPI_Allreduce(mine, answer, 2, MPI_DOUBLE, MPI_SUM, comm);
  return {answer[0], answer[1]};
}

}  // namespace kit
