// rejected by: Cost.LogarithmicRounds
// Forgets that two ranks can send in the same round: the data walks from rank to rank, and the last
// one waits for p - 1 messages.
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
  if (me != 0) MPI_Recv(data.data(), n, MPI_BYTE, rank_of(me - 1), 0, comm, MPI_STATUS_IGNORE);
  if (me + 1 < size) MPI_Send(data.data(), n, MPI_BYTE, rank_of(me + 1), 0, comm);
}

}  // namespace kit
