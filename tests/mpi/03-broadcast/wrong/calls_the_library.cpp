// rejected by: Cost.OwnMessages
// Hands the work to the library's own broadcast, which is what was to be built.
#include "broadcast.hpp"

#include <mpi.h>

#include <stdexcept>

namespace kit {

void broadcast(std::span<std::byte> data, int root, MPI_Comm comm) {
  int size = 0;
  MPI_Comm_size(comm, &size);
  if (root < 0 || root >= size) throw std::invalid_argument("broadcast: root is not a rank");
  MPI_Bcast(data.data(), static_cast<int>(data.size()), MPI_BYTE, root, comm);
}

}  // namespace kit
