// rejected by: Correct.InPlace
// Writes `out` in the first round and reads `in` after it: right where they are apart, and wrong
// where they are the same memory.
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
  std::vector<T> total;
  std::vector<T> came(n);
  const int above = rank + 1 < size ? rank + 1 : MPI_PROC_NULL;
  const int below = rank > 0 ? rank - 1 : MPI_PROC_NULL;
  MPI_Sendrecv(in.data(), bytes, MPI_BYTE, above, 0, came.data(), bytes, MPI_BYTE, below, 0, comm,
               MPI_STATUS_IGNORE);
  for (std::size_t i = 0; i < n; ++i) out[i] = rank > 0 ? came[i] : identity;
  for (std::size_t i = 0; i < n; ++i) total.push_back(rank > 0 ? op(came[i], in[i]) : in[i]);
  for (int distance = 2; distance < size; distance *= 2) {
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
      out[i] = op(came[i], out[i]);
      total[i] = op(came[i], total[i]);
    }
  }
}

}  // namespace kit
