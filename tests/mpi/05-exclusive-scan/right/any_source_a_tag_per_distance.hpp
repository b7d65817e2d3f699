// Receives from any source, with a tag for each distance: only one rank ever sends with that tag, so
// nobody else can be taken.
#pragma once

#include <mpi.h>

#include <cstddef>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <vector>

namespace kit {

template <class T, class Op>
void exclusive_scan(std::span<const T> in, std::span<T> out, Op op, const T& identity,
                    MPI_Comm comm) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (in.size() != out.size()) throw std::invalid_argument("exclusive_scan: sizes differ");
  const std::size_t n = in.size();
  if (n == 0) return;
  int rank, size;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  std::vector<T> with(in.begin(), in.end());  // ranks rank-d+1 .. rank
  std::vector<T> without(n, identity);        // ranks rank-d+1 .. rank-1
  std::vector<T> came(n);
  const int bytes = static_cast<int>(n * sizeof(T));
  for (int d = 1; d < size; d *= 2) {
    const int up = rank + d < size ? rank + d : MPI_PROC_NULL;
    const int down = rank >= d ? rank - d : MPI_PROC_NULL;
    MPI_Request sent;
    MPI_Isend(with.data(), bytes, MPI_BYTE, up, d, comm, &sent);
    if (down != MPI_PROC_NULL)
      MPI_Recv(came.data(), bytes, MPI_BYTE, MPI_ANY_SOURCE, d, comm, MPI_STATUS_IGNORE);
    MPI_Wait(&sent, MPI_STATUS_IGNORE);
    if (down == MPI_PROC_NULL) continue;
    for (std::size_t i = 0; i < n; ++i) {
      with[i] = op(came[i], with[i]);
      without[i] = op(came[i], without[i]);
    }
  }
  for (std::size_t i = 0; i < n; ++i) out[i] = without[i];
}

}  // namespace kit
