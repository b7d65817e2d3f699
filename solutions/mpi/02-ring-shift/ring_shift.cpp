// Every rank knows both its neighbours at once: `to` is steps further, `from` steps back. Its
// receive is posted before its send begins, so no send waits for a rank that only sends.
//
// 5 ranks, 2 steps:
//
//   round       1
//   rank 0     >2<3     the block for rank 2 leaves while rank 3's comes in
//   rank 1     >3<4
//   rank 2     >4<0
//   rank 3     >0<1
//   rank 4     >1<2
//
// What comes in may not land where the bytes that leave still lie, so the block is copied first:
// the copy leaves, and the block itself is what is received into. The receive names its source; two
// calls in a row can't be mixed up, because messages between two ranks stay in order.
#include "ring_shift.hpp"

#include <mpi.h>

#include <array>
#include <cstring>
#include <memory>

namespace kit {
namespace {

constexpr int kTag = 0;
constexpr std::size_t kOnTheStack = 4096;

}  // namespace

void ring_shift(std::span<std::byte> block, int steps, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  // steps % size has the sign of steps and fits; -steps and rank + steps might not.
  const int forward = (steps % size + size) % size;
  if (forward == 0 || block.empty()) return;
  const int to = (rank + forward) % size;
  const int from = (rank - forward + size) % size;

  std::array<std::byte, kOnTheStack> small;
  std::unique_ptr<std::byte[]> large;
  std::byte* leaving = small.data();
  if (block.size() > kOnTheStack) {
    large = std::make_unique_for_overwrite<std::byte[]>(block.size());
    leaving = large.get();
  }
  std::memcpy(leaving, block.data(), block.size());

  const int n = static_cast<int>(block.size());
  MPI_Sendrecv(leaving, n, MPI_BYTE, to, kTag, block.data(), n, MPI_BYTE, from, kTag, comm,
               MPI_STATUS_IGNORE);
}

}  // namespace kit
