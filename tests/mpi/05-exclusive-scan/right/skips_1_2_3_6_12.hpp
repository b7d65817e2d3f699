// Traeff's skips 1, 2, 3, 6, 12, ...: one operation a round, and two in one round only. First each
// rank hears from the rank below; then it tells what it has with its own, two ranks up; from then
// on parts alone travel, since each is as long as its distance.
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
  std::vector<T> part(n, identity);
  std::vector<T> came(n);
  std::vector<T> leaving(in.begin(), in.end());
  int round = 0;
  for (int distance = 1; distance < size; ++round) {
    const bool sends = rank + distance < size && (round < 2 || rank > 0);
    const bool receives = rank >= distance && (round < 2 || rank > distance);
    MPI_Request send = MPI_REQUEST_NULL;
    if (sends) MPI_Isend(leaving.data(), bytes, MPI_BYTE, rank + distance, round, comm, &send);
    if (receives) {
      MPI_Recv(came.data(), bytes, MPI_BYTE, rank - distance, round, comm, MPI_STATUS_IGNORE);
      for (std::size_t i = 0; i < n; ++i) part[i] = round == 0 ? came[i] : op(came[i], part[i]);
    }
    MPI_Wait(&send, MPI_STATUS_IGNORE);
    if (round == 0) {
      for (std::size_t i = 0; i < n; ++i) leaving[i] = rank == 0 ? in[i] : op(part[i], in[i]);
    } else {
      leaving = part;
    }
    distance = round < 2 ? distance + 1 : 2 * distance;
  }
  std::copy(part.begin(), part.end(), out.begin());
}

}  // namespace kit
