// One operation a round: everything moves up one rank first, and then ranks 1 and above make an
// ordinary inclusive scan of what came. One round more for most numbers of ranks.
#pragma once

#include <mpi.h>

#include <algorithm>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <vector>

namespace kit {

template <class T, class Op>
void exclusive_scan(std::span<const T> in, std::span<T> out, Op op, const T& identity,
                    MPI_Comm comm) {
  if (in.size() != out.size()) throw std::invalid_argument("exclusive_scan: sizes differ");
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const std::size_t n = in.size();
  const int bytes = static_cast<int>(in.size_bytes());
  std::vector<T> part(in.begin(), in.end());
  std::vector<T> came(n, identity);
  const auto exchange = [&](int distance, bool with_rank_0) {
    const int lowest = with_rank_0 ? 0 : 1;
    const bool sends = rank >= lowest && rank + distance < size;
    const bool receives = rank - distance >= lowest;
    MPI_Sendrecv(part.data(), bytes, MPI_BYTE, sends ? rank + distance : MPI_PROC_NULL, 3,
                 came.data(), bytes, MPI_BYTE, receives ? rank - distance : MPI_PROC_NULL, 3, comm,
                 MPI_STATUS_IGNORE);
    return receives;
  };
  exchange(1, true);
  part.swap(came);
  for (int distance = 1; distance < size - 1; distance *= 2) {
    if (!exchange(distance, false)) continue;
    for (std::size_t i = 0; i < n; ++i) part[i] = op(came[i], part[i]);
  }
  std::copy(part.begin(), part.end(), out.begin());
}

}  // namespace kit
