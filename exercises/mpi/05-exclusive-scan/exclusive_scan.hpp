// Exclusive scan: what all ranks below me hold together, element by element.
#pragma once

#include <mpi.h>

#include <cstddef>
#include <span>
#include <stdexcept>
#include <type_traits>

namespace kit {

/// out[i] of rank r becomes in[i] of rank 0 (op) in[i] of rank 1 (op) ... (op) in[i] of rank r - 1,
/// in this order; on rank 0, `identity`.
///
/// REQUIRES: every rank of `comm` calls it with the same in.size(), at most INT_MAX bytes. `in` and
///   `out` are the same memory or don't overlap. T is trivially copyable, default constructible
///   and not bool. op(a, b) takes two T and gives a T; it is associative, need not commute, may be
///   slow, may hold a state, and may be called as often as you like. identity is neutral:
///   op(identity, a) and op(a, identity) are a. `comm` may be any communicator, of any number of
///   ranks, in any order. Calls may follow each other at once.
/// ENSURES: on return `out` is as above, and `in` as before where it is other memory. The call has
///   left nothing behind: no message unread, no request open, no datatype, operation or
///   communicator. A rank may return before others have theirs. With no elements data()
///   may be null, and no message is needed.
///   Tags 0 to 29,999 are yours. Messages with tags from 30,000 up are the caller's: some may be
///   waiting on `comm` when you are called, and must still be there when you return.
///   A receive or probe from any source is refused where it could see more than one rank's message,
///   of this call or of another.
///   Both ends of a message name the same type, and memory that MPI is still using is left alone.
///   It works with any MPI: a send that blocks may last until its receive is posted, whatever the
///   size. (A buffer that you attach yourself for MPI_Bsend is yours, and allowed.)
/// THROWS: std::invalid_argument on every rank, before any message, if in.size() and out.size()
///   differ (then they do so on every rank).
/// COST: with p ranks and L = ceil(log2 p): at most L + 1 rounds; at most p * L messages in all, of
///   at most in.size() elements each; a rank sends at most (L + 1) * in.size() elements. Sends and
///   receives between two ranks only: no collective calls, and no new communicator.
///   A round is one message time. A rank sends one message at a time and receives one at a time,
///   both at once if it likes; sends leave in the order in which they were posted, whether the
///   calls block or not. A blocking send may last until its receive is posted. Computing is free.
template <class T, class Op>
void exclusive_scan(std::span<const T> in, std::span<T> out, Op op, const T& identity,
                    MPI_Comm comm) {
  static_assert(std::is_trivially_copyable_v<T>);
  // First say, for 6 ranks, whose elements rank 5 can hold after 1, 2 and 3 messages to it.
  (void)in;
  (void)out;
  (void)op;
  (void)identity;
  (void)comm;
}

}  // namespace kit
