// rejected by: Correct.RankZeroGetsIdentity, Correct.SumsOfNumbers
// Forgets rank 0, as MPI_Exscan does: its `out` is what it was before.
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
  std::vector<T> total(in.begin(), in.end());  // this rank's and those of the ranks below, so far
  std::vector<T> part(n, identity);            // the same without this rank's own
  std::vector<T> came(n);
  for (int distance = 1; distance < size; distance *= 2) {
    MPI_Request send = MPI_REQUEST_NULL;
    if (rank + distance < size) {
      MPI_Isend(total.data(), bytes, MPI_BYTE, rank + distance, 0, comm, &send);
    }
    if (rank >= distance) {
      MPI_Recv(came.data(), bytes, MPI_BYTE, rank - distance, 0, comm, MPI_STATUS_IGNORE);
    }
    MPI_Wait(&send, MPI_STATUS_IGNORE);
    if (rank < distance) continue;
    for (std::size_t i = 0; i < n; ++i) {
      part[i] = op(came[i], part[i]);
      total[i] = op(came[i], total[i]);
    }
  }
  if (rank > 0) std::copy(part.begin(), part.end(), out.begin());
}

}  // namespace kit
