#include "barrier.hpp"

#include <mpi.h>

namespace kit {

void barrier(MPI_Comm comm) {
  // First say of how many ranks one rank can know after 1, 2 and 3 messages that came to it.
  (void)comm;
}

}  // namespace kit
