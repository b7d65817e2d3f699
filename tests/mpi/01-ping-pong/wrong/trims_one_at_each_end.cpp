// rejected by: Robust.LateMessages
// Throws the fastest and the slowest of 15 round trips away and takes the mean of the rest: each
// direction has late messages of its own, so that two of 15 are late, and one of them stays.
#include "ping_pong.hpp"

#include <mpi.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>
#include <vector>

namespace kit {
namespace {

constexpr std::array kSizes = {0, 1 << 10, 16 << 10, 256 << 10, 1 << 20};
constexpr int kTimes = 15;

double there_and_back(std::vector<char>& data, int n, int rank, int a, int b, MPI_Comm comm) {
  const double start = MPI_Wtime();
  if (rank == a) {
    MPI_Send(data.data(), n, MPI_BYTE, b, 0, comm);
    MPI_Recv(data.data(), n, MPI_BYTE, b, 0, comm, MPI_STATUS_IGNORE);
  } else {
    MPI_Recv(data.data(), n, MPI_BYTE, a, 0, comm, MPI_STATUS_IGNORE);
    MPI_Send(data.data(), n, MPI_BYTE, a, 0, comm);
  }
  return MPI_Wtime() - start;
}

}  // namespace

Link measure_link(MPI_Comm comm, int a, int b) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (a == b || a < 0 || b < 0 || a >= size || b >= size) {
    throw std::invalid_argument("measure_link: a and b must be two ranks of comm");
  }
  std::array<double, 2> result = {0, 0};
  if (rank == a || rank == b) {
    std::vector<char> data(kSizes.back());
    for (int i = 0; i < 2; ++i) there_and_back(data, 0, rank, a, b, comm);  // warm-up
    std::array<double, kSizes.size()> one_way;
    for (std::size_t s = 0; s < kSizes.size(); ++s) {
      std::array<double, kTimes> times;
      for (double& t : times) t = there_and_back(data, kSizes[s], rank, a, b, comm);
      std::sort(times.begin(), times.end());
      one_way[s] = std::accumulate(times.begin() + 1, times.end() - 1, 0.0) / (kTimes - 2) / 2;
    }
    result[0] = one_way.front();
    result[1] = kSizes.back() / (one_way.back() - one_way.front());
  }
  MPI_Bcast(result.data(), 2, MPI_DOUBLE, a, comm);
  return {result[0], result[1]};
}

}  // namespace kit
