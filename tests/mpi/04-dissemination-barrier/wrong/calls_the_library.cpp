// rejected by: Cost.OwnMessages
// Hands the work to the library's own barrier, which is what was to be built.
#include "barrier.hpp"

#include <mpi.h>

namespace kit {

void barrier(MPI_Comm comm) {
  MPI_Barrier(comm);
}

}  // namespace kit
