// What a submission to mpi/06-ring-allreduce exports to the bench.
#include <mpi.h>

#include <cstddef>
#include <span>

#include "ring_allreduce.hpp"

extern "C" [[gnu::visibility("default")]] void candidate_ring_allreduce(float* data, std::size_t n,
                                                                        MPI_Comm comm);

void candidate_ring_allreduce(float* data, std::size_t n, MPI_Comm comm) {
  kit::ring_allreduce(std::span(data, n), comm);
}
