// rejected by: Correct.NobodyLeavesEarly, Correct.FourRanks
// Sends the messages of all rounds at once, and forgets that one of a later round must say what
// was heard before: it leaves before anything has come, so it speaks for its sender alone.
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
  for (int distance = 1; distance < size; distance *= 2) {
    const int ahead = (rank + distance) % size;
    const int behind = (rank - distance + size) % size;
    MPI_Irecv(nullptr, 0, MPI_BYTE, behind, 0, comm, &requests.emplace_back());
    MPI_Isend(nullptr, 0, MPI_BYTE, ahead, 0, comm, &requests.emplace_back());
  }
  MPI_Waitall(static_cast<int>(requests.size()), requests.data(), MPI_STATUSES_IGNORE);
}

}  // namespace kit
