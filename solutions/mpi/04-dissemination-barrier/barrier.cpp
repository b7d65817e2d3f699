// Dissemination (Hensgen, Finkel and Manber 1988). In the round of `distance` every rank tells the
// rank that far ahead that it, and all whom it has heard of, are there, and hears the same from the
// rank that far behind. So after the rounds 1, 2, 4, ... it knows of itself and the 1, 3, 7, ...
// ranks behind it.
//
// 5 ranks; below each rank, of whom it knows after the round:
//
//   distance    rank 0      rank 1      rank 2      rank 3      rank 4
//   1           >1 <4       >2 <0       >3 <1       >4 <2       >0 <3
//                4 0         0 1         1 2         2 3         3 4
//   2           >2 <3       >3 <4       >4 <0       >0 <1       >1 <2
//                2 3 4 0     3 4 0 1     4 0 1 2     0 1 2 3     1 2 3 4
//   4           >4 <1       >0 <2       >1 <3       >2 <4       >3 <0
//               all         all         all         all         all
//
// Sending and receiving are one call, so nobody waits for a rank that only sends. One tag is
// enough: in a call each round hears from another rank, and messages between two ranks stay in
// order, so what is heard from a rank belongs to the call of the same number.
#include "barrier.hpp"

#include <mpi.h>

namespace kit {
namespace {

constexpr int kTag = 0;

}  // namespace

void barrier(MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  for (int distance = 1; distance < size; distance *= 2) {
    const int ahead = (rank + distance) % size;
    const int behind = (rank - distance + size) % size;
    MPI_Sendrecv(nullptr, 0, MPI_BYTE, ahead, kTag, nullptr, 0, MPI_BYTE, behind, kTag, comm,
                 MPI_STATUS_IGNORE);
  }
}

}  // namespace kit
