#include "ring_shift.hpp"

#include <mpi.h>

namespace kit {

void ring_shift(std::span<std::byte> block, int steps, MPI_Comm comm) {
  // First say, for 5 ranks and 7 steps, to whom rank 3 sends and from whom it receives.
  (void)block;
  (void)steps;
  (void)comm;
}

}  // namespace kit
