// What a submission to mpi/02-ring-shift exports to the bench.
#include <mpi.h>

#include <cstddef>
#include <span>

#include "ring_shift.hpp"

extern "C" [[gnu::visibility("default")]] void candidate_ring_shift(std::byte* data,
                                                                    std::size_t size, int steps,
                                                                    MPI_Comm comm);

void candidate_ring_shift(std::byte* data, std::size_t size, int steps, MPI_Comm comm) {
  kit::ring_shift(std::span(data, size), steps, comm);
}
