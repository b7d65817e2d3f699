#include "ping_pong.hpp"

#include <mpi.h>

#include <stdexcept>

namespace kit {

Link measure_link(MPI_Comm comm, int a, int b) {
  // First write one round trip of n bytes between a and b, timed on a.
  (void)comm;
  (void)a;
  (void)b;
  return {0, 0};
}

}  // namespace kit
