// rejected by: Robust.NoMessageRace, Robust.BackToBack
// Takes the elements of all ranks below in any order and sorts them by their sender, and forgets
// the next call: a fast rank's second message may be taken for one of this call.
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
  std::vector<MPI_Request> sends;
  for (int r = rank + 1; r < size; ++r) {
    MPI_Isend(in.data(), bytes, MPI_BYTE, r, 0, comm, &sends.emplace_back());
  }
  std::vector<std::vector<T>> below(static_cast<std::size_t>(rank));
  std::vector<T> came(n);
  for (int k = 0; k < rank; ++k) {
    MPI_Status status;
    MPI_Recv(came.data(), bytes, MPI_BYTE, MPI_ANY_SOURCE, 0, comm, &status);
    below[static_cast<std::size_t>(status.MPI_SOURCE)] = came;
  }
  MPI_Waitall(static_cast<int>(sends.size()), sends.data(), MPI_STATUSES_IGNORE);
  std::vector<T> part(n, identity);
  for (const auto& theirs : below) {
    for (std::size_t i = 0; i < theirs.size(); ++i) part[i] = op(part[i], theirs[i]);
  }
  std::copy(part.begin(), part.end(), out.begin());
}

}  // namespace kit
