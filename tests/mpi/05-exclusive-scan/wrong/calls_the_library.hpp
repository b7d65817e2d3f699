// rejected by: Cost.OwnMessages
// Hands the work to the library by way of all elements on all ranks: a collective call, and p
// times the memory.
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
  std::vector<T> all(n * static_cast<std::size_t>(size));
  MPI_Allgather(in.data(), bytes, MPI_BYTE, all.data(), bytes, MPI_BYTE, comm);
  std::vector<T> part(n, identity);
  for (std::size_t r = 0; r < static_cast<std::size_t>(rank); ++r) {
    for (std::size_t i = 0; i < n; ++i) part[i] = op(part[i], all[r * n + i]);
  }
  std::copy(part.begin(), part.end(), out.begin());
}

}  // namespace kit
