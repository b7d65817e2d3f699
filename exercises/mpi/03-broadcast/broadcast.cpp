#include "broadcast.hpp"

#include <mpi.h>

#include <stdexcept>

namespace kit {

void broadcast(std::span<std::byte> data, int root, MPI_Comm comm) {
  // First draw 5 ranks and say in which round each of them gets the data, and from whom.
  (void)data;
  (void)root;
  (void)comm;
}

}  // namespace kit
