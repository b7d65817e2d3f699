// The vector is cut into one block for each rank, and the blocks go round the ring twice: in the
// first half each stop adds its own numbers, in the second each keeps a copy.
//
// 5 ranks, blocks a to e; what each rank sends to its right neighbour in each step, with the number
// of ranks whose numbers are in it:
//
//   step      rank 0   rank 1   rank 2   rank 3   rank 4
//   add   1     a1       b1       c1       d1       e1
//         2     e2       a2       b2       c2       d2
//         3     d3       e3       a3       b3       c3
//         4     c4       d4       e4       a4       b4
//               ---- rank 0 adds and has b5, rank 1 c5, rank 2 d5, rank 3 e5, rank 4 a5 ----
//   copy  5     b5       c5       d5       e5       a5
//         6     a5       b5       c5       d5       e5
//         7     e5       a5       b5       c5       d5
//         8     d5       e5       a5       b5       c5
//
// In each half a rank sends all blocks but one: 2(p - 1) messages and 2(n - a block) elements. Each
// block is summed on one path only and then copied, so its bits are the same everywhere.
#include "ring_allreduce.hpp"

#include <mpi.h>

#include <algorithm>
#include <cstddef>
#include <memory>

namespace kit {
namespace {

constexpr int kTag = 0;

// Blocks of n / p elements; the first n % p have one more. Numbers may run round the ring: -1 is the
// last block, p the first.
class Blocks {
 public:
  Blocks(std::span<float> data, int count) : data_(data), count_(count) {}

  std::span<float> operator[](int number) const {
    const auto p = static_cast<std::size_t>(count_);
    const auto b = static_cast<std::size_t>((number + count_) % count_);
    const std::size_t length = data_.size() / p, longer = data_.size() % p;
    return data_.subspan(b * length + std::min(b, longer), length + (b < longer ? 1 : 0));
  }

 private:
  std::span<float> data_;
  int count_;
};

void exchange(std::span<const float> out, int to, std::span<float> in, int from, MPI_Comm comm) {
  MPI_Sendrecv(out.data(), static_cast<int>(out.size()), MPI_FLOAT, to, kTag, in.data(),
               static_cast<int>(in.size()), MPI_FLOAT, from, kTag, comm, MPI_STATUS_IGNORE);
}

}  // namespace

void ring_allreduce(std::span<float> data, MPI_Comm comm) {
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  if (size == 1 || data.empty()) return;

  const int right = (rank + 1) % size;
  const int left = (rank - 1 + size) % size;
  const Blocks blocks(data, size);

  // No block is longer than the first. Not zeroed: it is written before it is read.
  const auto room = std::make_unique_for_overwrite<float[]>(blocks[0].size());
  for (int step = 0; step < size - 1; ++step) {
    const std::span<float> sum = blocks[rank - step - 1];
    const std::span<float> incoming(room.get(), sum.size());
    exchange(blocks[rank - step], right, incoming, left, comm);
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += incoming[i];
  }
  for (int step = 0; step < size - 1; ++step) {
    exchange(blocks[rank + 1 - step], right, blocks[rank - step], left, comm);
  }
}

}  // namespace kit
