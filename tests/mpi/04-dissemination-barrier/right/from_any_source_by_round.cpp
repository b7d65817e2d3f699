// All receives are posted at the start, from any source and with the round as their tag: in every
// call the same rank sends with that tag, so nothing else can come. Sends follow one by one, each
// when the round before has come.
#include "barrier.hpp"

#include <mpi.h>

#include <array>
#include <cstddef>

namespace kit {
namespace {

std::size_t place(int round) {
  return static_cast<std::size_t>(round);
}

}  // namespace

void barrier(MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  std::array<MPI_Request, 32> receives;
  int rounds = 0;
  for (int distance = 1; distance < size; distance *= 2) {
    MPI_Irecv(nullptr, 0, MPI_BYTE, MPI_ANY_SOURCE, rounds, comm, &receives[place(rounds)]);
    ++rounds;
  }
  std::array<MPI_Request, 32> sends;
  for (int k = 0; k < rounds; ++k) {
    MPI_Isend(nullptr, 0, MPI_BYTE, (rank + (1 << k)) % size, k, comm, &sends[place(k)]);
    MPI_Wait(&receives[place(k)], MPI_STATUS_IGNORE);
  }
  MPI_Waitall(rounds, sends.data(), MPI_STATUSES_IGNORE);
}

}  // namespace kit
