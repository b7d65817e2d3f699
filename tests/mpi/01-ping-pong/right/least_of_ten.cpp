// The least of ten round trips of each size, after a single warm-up; the answering rank has its
// receive posted before, and sends without waiting. The line goes through the first and the last.
#include "ping_pong.hpp"

#include <mpi.h>

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <vector>

namespace kit {

Link measure_link(MPI_Comm comm, int a, int b) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  for (const int r : {a, b}) {
    if (r < 0 || r >= size) throw std::invalid_argument("no such rank");
  }
  if (a == b) throw std::invalid_argument("one rank is no link");

  const std::vector<int> sizes = {8, 1 << 12, 1 << 16, 1 << 18, 1 << 19, 1 << 20};
  std::vector<double> least(sizes.size(), std::numeric_limits<double>::max());
  std::vector<char> out(1 << 20), in(1 << 20);
  MPI_Request request = MPI_REQUEST_NULL;
  for (std::size_t s = 0; (rank == a || rank == b) && s < sizes.size(); ++s) {
    for (int i = s == 0 ? -1 : 0; i < 10; ++i) {
      if (rank == a) {
        const double begin = MPI_Wtime();
        MPI_Irecv(in.data(), sizes[s], MPI_CHAR, b, 7, comm, &request);
        MPI_Ssend(out.data(), sizes[s], MPI_CHAR, b, 7, comm);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
        if (i >= 0) least[s] = std::min(least[s], MPI_Wtime() - begin);
      } else {
        MPI_Recv(in.data(), sizes[s], MPI_CHAR, a, 7, comm, MPI_STATUS_IGNORE);
        MPI_Isend(in.data(), sizes[s], MPI_CHAR, a, 7, comm, &request);
        MPI_Wait(&request, MPI_STATUS_IGNORE);
      }
    }
  }
  Link link{};
  if (rank == a) {
    const double byte = (least.back() - least.front()) / 2 / (sizes.back() - sizes.front());
    link = {least.front() / 2 - sizes.front() * byte, 1 / byte};
  }
  MPI_Bcast(&link, sizeof link, MPI_BYTE, a, comm);
  return link;
}

}  // namespace kit
