// Doubling upwards: in the step of `have`, the ranks below `have` send to those `have` further.
// Sends do not block and are waited for together; each step has a tag of its own.
#include "broadcast.hpp"

#include <mpi.h>

#include <stdexcept>
#include <vector>

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
  std::vector<MPI_Request> sends;
  for (int have = 1; have < size; have *= 2) {
    if (me < have) {
      if (me + have >= size) break;
      MPI_Isend(data.data(), n, MPI_BYTE, rank_of(me + have), have, comm, &sends.emplace_back());
    } else if (me < 2 * have) {
      MPI_Recv(data.data(), n, MPI_BYTE, rank_of(me - have), have, comm, MPI_STATUS_IGNORE);
    }
  }
  MPI_Waitall(static_cast<int>(sends.size()), sends.data(), MPI_STATUSES_IGNORE);
}

}  // namespace kit
