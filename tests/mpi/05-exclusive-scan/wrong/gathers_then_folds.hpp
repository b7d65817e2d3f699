// rejected by: Cost.ElementsSent
// Gathers the elements of the ranks below by doubling a list, and combines them at the end: few
// rounds and messages, but a message is as long as all that has been gathered.
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
  std::vector<T> list(in.begin(), in.end());  // of ranks first .. rank, one after the other
  int first = rank;
  for (int distance = 1; distance < size; distance *= 2) {
    MPI_Request send = MPI_REQUEST_NULL;
    const std::vector<T> leaving = list;
    if (rank + distance < size) {
      MPI_Isend(leaving.data(), static_cast<int>(leaving.size() * sizeof(T)), MPI_BYTE,
                rank + distance, 0, comm, &send);
    }
    if (rank >= distance) {
      const int theirs = std::min(distance, rank - distance + 1);
      std::vector<T> came(n * static_cast<std::size_t>(theirs));
      MPI_Recv(came.data(), bytes * theirs, MPI_BYTE, rank - distance, 0, comm, MPI_STATUS_IGNORE);
      list.insert(list.begin(), came.begin(), came.end());
      first -= theirs;
    }
    MPI_Wait(&send, MPI_STATUS_IGNORE);
  }
  std::vector<T> part(n, identity);
  for (std::size_t r = 0; r < static_cast<std::size_t>(rank - first); ++r) {
    for (std::size_t i = 0; i < n; ++i) part[i] = op(part[i], list[r * n + i]);
  }
  std::copy(part.begin(), part.end(), out.begin());
}

}  // namespace kit
