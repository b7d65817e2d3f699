// rejected by: Cost.LogarithmicRounds
// Sums up a binomial tree and hands the parts down again (the work-efficient form): few messages,
// but twice the rounds.
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
  std::vector<std::vector<T>> levels{std::vector<T>(in.begin(), in.end())};
  int mask = 1;
  for (; mask < size && (rank & mask) == 0; mask *= 2) {
    levels.push_back(levels.back());
    if (rank + mask >= size) continue;
    std::vector<T> came(n);
    MPI_Recv(came.data(), bytes, MPI_BYTE, rank + mask, 0, comm, MPI_STATUS_IGNORE);
    for (std::size_t i = 0; i < n; ++i) levels.back()[i] = op(levels.back()[i], came[i]);
  }
  std::vector<T> part(n, identity);
  if (rank != 0) {
    MPI_Send(levels.back().data(), bytes, MPI_BYTE, rank - mask, 0, comm);
    MPI_Recv(part.data(), bytes, MPI_BYTE, rank - mask, 1, comm, MPI_STATUS_IGNORE);
  }
  std::size_t level = levels.size() - 1;
  for (mask /= 2; mask > 0; mask /= 2) {
    --level;
    if (rank + mask >= size) continue;
    std::vector<T> theirs(n);
    for (std::size_t i = 0; i < n; ++i) theirs[i] = op(part[i], levels[level][i]);
    MPI_Send(theirs.data(), bytes, MPI_BYTE, rank + mask, 1, comm);
  }
  std::copy(part.begin(), part.end(), out.begin());
}

}  // namespace kit
