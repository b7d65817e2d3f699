// Doubling (Hillis and Steele 1986), with an exclusive part beside the total. In the round of
// `distance` every rank hands its total to the rank that far above, and puts what comes from the
// rank that far below in front of what it has:
//
//   total   its own elements and those of the distance - 1 ranks below it
//   part    the same without its own: the answer, when no rank is left below
//
// 5 ranks with elements a, b, c, d, e; what each holds after the round:
//
//   distance   rank 0   rank 1   rank 2   rank 3   rank 4
//   1    total a        ab       bc       cd       de
//         part -        a        b        c        d
//   2    total a        ab       abc      abcd     bcde
//         part -        a        ab       abc      bcd
//   4     part -        a        ab       abc      abcd
//
// What comes covers the ranks right below those that one has, so it always goes to the left: op
// need not commute. A total that nobody will ask for is not computed. In round 1 the total is `in`
// itself and the part is `out`; so 2 ranks need no memory and no op at all.
#pragma once

#include <mpi.h>

#include <algorithm>
#include <cstddef>
#include <memory>
#include <span>
#include <stdexcept>
#include <type_traits>

namespace kit {

/// out[i] of rank r becomes in[i] of rank 0 (op) in[i] of rank 1 (op) ... (op) in[i] of rank r - 1,
/// in this order; on rank 0, `identity`. The contract stands in the stub.
template <class T, class Op>
void exclusive_scan(std::span<const T> in, std::span<T> out, Op op, const T& identity,
                    MPI_Comm comm) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (in.size() != out.size()) throw std::invalid_argument("exclusive_scan: sizes differ");
  constexpr int kTag = 0;
  int rank = 0;
  int size = 0;
  MPI_Comm_rank(comm, &rank);
  MPI_Comm_size(comm, &size);
  const std::size_t n = in.size();
  const int bytes = static_cast<int>(in.size_bytes());

  // Only where `in` is still to be read or sent must what comes go elsewhere.
  const bool in_place = in.data() == out.data();
  std::unique_ptr<T[]> own_part, own_total, came;
  T* part = out.data();
  if (in_place && rank > 0) {
    own_part = std::make_unique_for_overwrite<T[]>(n);
    part = own_part.get();
  }
  const T* total = in.data();

  for (int distance = 1; distance < size; distance *= 2) {
    const bool receives = rank >= distance;
    const int below = receives ? rank - distance : MPI_PROC_NULL;
    const int above = rank + distance < size ? rank + distance : MPI_PROC_NULL;
    T* room = part;
    if (distance > 1 && receives) {
      if (!came) came = std::make_unique_for_overwrite<T[]>(n);
      room = came.get();
    }
    MPI_Sendrecv(total, bytes, MPI_BYTE, above, kTag, room, bytes, MPI_BYTE, below, kTag, comm,
                 MPI_STATUS_IGNORE);
    if (!receives) continue;
    if (rank + 2 * distance < size) {
      if (!own_total) own_total = std::make_unique_for_overwrite<T[]>(n);
      for (std::size_t i = 0; i < n; ++i) own_total[i] = op(room[i], total[i]);
      total = own_total.get();
    }
    if (distance > 1) {
      for (std::size_t i = 0; i < n; ++i) part[i] = op(room[i], part[i]);
    }
  }
  if (rank == 0) {
    std::fill(out.begin(), out.end(), identity);
  } else if (part != out.data()) {
    std::copy_n(part, n, out.data());
  }
}

}  // namespace kit
