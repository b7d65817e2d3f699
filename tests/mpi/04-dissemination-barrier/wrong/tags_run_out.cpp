// rejected by: Robust.ThousandInARow
// Gives each call and round a tag of its own, and forgets that tags end: after 469 calls they are
// the caller's, and later MPI refuses them.
#include "barrier.hpp"

#include <mpi.h>

namespace kit {
namespace {

int free_count(MPI_Comm, int, void* count, void*) {
  delete static_cast<int*>(count);
  return MPI_SUCCESS;
}

// How many calls there were on this communicator.
int calls_before(MPI_Comm comm) {
  static const int key = [] {
    int made = 0;
    MPI_Comm_create_keyval(MPI_COMM_NULL_COPY_FN, free_count, &made, nullptr);
    return made;
  }();
  int* count = nullptr;
  int there = 0;
  MPI_Comm_get_attr(comm, key, static_cast<void*>(&count), &there);
  if (there == 0) {
    count = new int(0);
    MPI_Comm_set_attr(comm, key, count);
  }
  return (*count)++;
}

}  // namespace

void barrier(MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const int first = 64 * calls_before(comm);
  int round = 0;
  for (int distance = 1; distance < size; distance *= 2) {
    const int ahead = (rank + distance) % size;
    const int behind = (rank - distance + size) % size;
    const int tag = first + round++;
    MPI_Sendrecv(nullptr, 0, MPI_BYTE, ahead, tag, nullptr, 0, MPI_BYTE, behind, tag, comm,
                 MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
