#include "ring_allreduce.hpp"

#include <mpi.h>

#include <vector>

namespace kit {

void ring_allreduce(std::span<float> data, MPI_Comm comm) {
  // First draw 3 ranks in a circle, each with 3 numbers, and say what each sends in step 1.
  (void)data;
  (void)comm;
}

}  // namespace kit
