// rejected by: Cost.LogarithmicRounds
// Forgets that ranks which have the data can pass it on: the root sends all p - 1 messages one
// after the other, and with 48 ranks the last one waits eight times as long as it must.
#include "broadcast.hpp"

#include <mpi.h>

#include <stdexcept>

namespace kit {

void broadcast(std::span<std::byte> data, int root, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (root < 0 || root >= size) throw std::invalid_argument("broadcast: root is not a rank");
  const int n = static_cast<int>(data.size());
  const int me = (rank - root + size) % size;  // numbered from the root
  const auto rank_of = [&](int v) { return (v + root) % size; };
  if (me == 0) {
    for (int v = 1; v < size; ++v) MPI_Send(data.data(), n, MPI_BYTE, rank_of(v), 0, comm);
  } else {
    MPI_Recv(data.data(), n, MPI_BYTE, root, 0, comm, MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
