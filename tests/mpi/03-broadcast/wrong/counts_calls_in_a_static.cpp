// rejected by: Correct.PermutedSubset
// Keeps calls apart by a count in a static, and forgets that ranks outside a communicator do not
// count its calls: the next communicator with such a rank waits for ever.
#include "broadcast.hpp"

#include <mpi.h>

#include <stdexcept>

namespace kit {
namespace {

int calls = 0;

}  // namespace

void broadcast(std::span<std::byte> data, int root, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (root < 0 || root >= size) throw std::invalid_argument("broadcast: root is not a rank");
  const int tag = calls++ % 30000;
  const int n = static_cast<int>(data.size());
  const int me = (rank - root + size) % size;  // numbered from the root
  const auto rank_of = [&](int v) { return (v + root) % size; };
  int mask = 1;
  while (mask < size && (me & mask) == 0) mask <<= 1;
  if (me != 0) {
    MPI_Recv(data.data(), n, MPI_BYTE, rank_of(me - mask), tag, comm, MPI_STATUS_IGNORE);
  }
  for (mask >>= 1; mask > 0; mask >>= 1) {
    if (me + mask < size) MPI_Send(data.data(), n, MPI_BYTE, rank_of(me + mask), tag, comm);
  }
}

}  // namespace kit
