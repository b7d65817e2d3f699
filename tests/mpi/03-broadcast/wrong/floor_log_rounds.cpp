// rejected by: Correct.EveryRootEverySize
// Rounds the logarithm down: doubles floor(log2 p) times, so with 3, 5, 6 or 7 ranks the last ones
// never get the data.
#include "broadcast.hpp"

#include <mpi.h>

#include <bit>
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
  const int rounds = static_cast<int>(std::bit_width(static_cast<unsigned>(size))) - 1;
  for (int k = 0; k < rounds; ++k) {
    const int have = 1 << k;
    if (me < have) {
      MPI_Send(data.data(), n, MPI_BYTE, rank_of(me + have), 0, comm);
    } else if (me < 2 * have) {
      MPI_Recv(data.data(), n, MPI_BYTE, rank_of(me - have), 0, comm, MPI_STATUS_IGNORE);
    }
  }
}

}  // namespace kit
