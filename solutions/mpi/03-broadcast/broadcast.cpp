// A binomial tree. Ranks are numbered from the root (the root is 0); number v receives from v
// without its lowest set bit, and then serves v + mask for each mask below that bit, the largest
// first, since that one has most ranks below it.
//
// 5 ranks, root 0:
//
//   mask = 4    0 -> 4                         round 1
//   mask = 2    0 -> 2          4 -> 6 (no)    round 2
//   mask = 1    0 -> 1  2 -> 3  4 -> 5 (no)    round 3
//
//   round       1    2    3
//   rank 0     >4   >2   >1
//   rank 1      .    .   <0
//   rank 2      .   <0   >3
//   rank 3      .    .   <2
//   rank 4     <0    .    .
//
// After the round of `mask` every multiple of `mask` has the data, so ceil(log2 size) rounds serve
// all, with one message for each rank but the root. Receives name their source: two calls in a row
// can't be mixed up, because messages between two ranks stay in order. All sends of a rank are posted
// before it waits for one: it needn't be woken between them, which counts where ranks share a core.
#include "broadcast.hpp"

#include <mpi.h>

#include <array>
#include <bit>
#include <stdexcept>

namespace kit {
namespace {

constexpr int kTag = 0;

}  // namespace

void broadcast(std::span<std::byte> data, int root, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (root < 0 || root >= size) throw std::invalid_argument("broadcast: root is not a rank");

  const int n = static_cast<int>(data.size());
  const auto from_root = static_cast<unsigned>((rank - root + size) % size);
  const auto rank_of = [&](unsigned v) {
    return static_cast<int>((v + static_cast<unsigned>(root)) % static_cast<unsigned>(size));
  };

  // The bit by which this rank is reached; the root stands above all.
  unsigned mask =
      from_root == 0 ? std::bit_ceil(static_cast<unsigned>(size)) : from_root & -from_root;
  if (from_root != 0) {
    MPI_Recv(data.data(), n, MPI_BYTE, rank_of(from_root - mask), kTag, comm, MPI_STATUS_IGNORE);
  }
  std::array<MPI_Request, 32> sends{};  // more than an int has bits set
  std::size_t open = 0;
  while (mask >>= 1) {
    if (from_root + mask < static_cast<unsigned>(size)) {
      MPI_Isend(data.data(), n, MPI_BYTE, rank_of(from_root + mask), kTag, comm, &sends[open++]);
    }
  }
  MPI_Waitall(static_cast<int>(open), sends.data(), MPI_STATUSES_IGNORE);
}

}  // namespace kit
