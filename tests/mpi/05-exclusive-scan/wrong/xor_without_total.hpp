// rejected by: Correct.EverySize, Correct.SumsOfNumbers
// Exchanges with partners by exclusive or, and adds what comes from above to nothing: the next
// partner gets only half of what this one has gathered.
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
  for (int mask = 1; mask < size; mask *= 2) {
    const int partner = rank ^ mask;
    if (partner >= size) continue;
    MPI_Sendrecv(total.data(), bytes, MPI_BYTE, partner, 0, came.data(), bytes, MPI_BYTE, partner,
                 0, comm, MPI_STATUS_IGNORE);
    if (partner > rank) continue;
    for (std::size_t i = 0; i < n; ++i) {
      part[i] = op(came[i], part[i]);
      total[i] = op(came[i], total[i]);
    }
  }
  std::copy(part.begin(), part.end(), out.begin());
}

}  // namespace kit
