// rejected by: Cost.LogarithmicRounds, Cost.FewSmallMessages
// Lets every rank tell all others at once, and forgets that a rank takes in one message at a time:
// 8 ranks wait 7 message times, and send 56 messages and not 24.
#include "barrier.hpp"

#include <mpi.h>

#include <vector>

namespace kit {

void barrier(MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  std::vector<MPI_Request> requests;
  for (int k = 1; k < size; ++k) {
    MPI_Irecv(nullptr, 0, MPI_BYTE, (rank - k + size) % size, 0, comm, &requests.emplace_back());
  }
  for (int k = 1; k < size; ++k) {
    MPI_Isend(nullptr, 0, MPI_BYTE, (rank + k) % size, 0, comm, &requests.emplace_back());
  }
  MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
}

}  // namespace kit
