// Persistent requests, started for each round trip, and no collective call at all: the answer walks a
// binomial tree of messages that begins at a. Of every two sizes the slope; of the slopes the
// median (Theil and Sen).
#include "ping_pong.hpp"

#include <mpi.h>

#include <algorithm>
#include <stdexcept>
#include <vector>

namespace kit {
namespace {

double middle(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

Link line_through(const std::vector<int>& sizes, const std::vector<double>& times) {
  std::vector<double> slopes, starts;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j)
      slopes.push_back((times[i] - times[j]) / (sizes[i] - sizes[j]));
  }
  const double slope = middle(slopes);
  for (std::size_t i = 0; i < sizes.size(); ++i) starts.push_back(times[i] - slope * sizes[i]);
  return {middle(starts), 1 / slope};
}

Link measure(int rank, int a, int b, MPI_Comm comm) {
  const std::vector<int> sizes = {0, 100'000, 300'000, 700'000, 1'500'000};
  std::vector<double> one_way;
  std::vector<char> out(static_cast<std::size_t>(sizes.back()));
  std::vector<char> in(out.size());
  const int other = rank == a ? b : a;
  for (const int n : sizes) {
    MPI_Request receive, send;
    MPI_Recv_init(in.data(), n, MPI_CHAR, other, 0, comm, &receive);
    MPI_Send_init(out.data(), n, MPI_CHAR, other, 0, comm, &send);
    std::vector<double> times;
    for (int i = 0; i < 11; ++i) {
      const double start = MPI_Wtime();
      MPI_Start(&receive);
      if (rank == b) MPI_Wait(&receive, MPI_STATUS_IGNORE);
      MPI_Start(&send);
      MPI_Wait(&send, MPI_STATUS_IGNORE);
      if (rank == a) MPI_Wait(&receive, MPI_STATUS_IGNORE);
      times.push_back(MPI_Wtime() - start);
    }
    MPI_Request_free(&receive);
    MPI_Request_free(&send);
    one_way.push_back(middle(times) / 2);
  }
  return line_through(sizes, one_way);
}

}  // namespace

Link measure_link(MPI_Comm comm, int a, int b) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (a == b || a < 0 || a >= size || b < 0 || b >= size) throw std::invalid_argument("ranks");

  Link link{};
  if (rank == a || rank == b) link = measure(rank, a, b, comm);
  const int me = (rank - a + size) % size;
  int bit = 1;
  while (bit < size && (me & bit) == 0) bit *= 2;
  if (me != 0)
    MPI_Recv(&link, 2, MPI_DOUBLE, (rank - bit + size) % size, 1, comm, MPI_STATUS_IGNORE);
  for (bit /= 2; bit > 0; bit /= 2) {
    if (me + bit < size) MPI_Send(&link, 2, MPI_DOUBLE, (rank + bit) % size, 1, comm);
  }
  return link;
}

}  // namespace kit
