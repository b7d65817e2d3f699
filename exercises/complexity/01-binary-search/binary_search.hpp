// first_not_less: where a key belongs among sorted values that may only be looked at by index.
#pragma once

#include <cstdint>

namespace kit {

/// The first index i in [0, s.size()) with !(s[i] < key); s.size() when there is none.
///
/// REQUIRES: Sequence has  size() -> std::uint64_t  and  operator[](std::uint64_t) const  for any
///           index below size(). It may compute its values, and there may be more of them than any
///           memory holds: size() goes up to 2^64 - 1. s[i] < key is true for the first indices
///           and false for the rest (one of the two parts may be empty).
/// ENSURES:  no index at or above size() is looked at. Nothing is asked of values and key but
///           s[i] < key: no other operator, no key on the left, no copy of either.
/// THROWS:   only what s[i] or < throws.
/// COST:     at most ceil(log2(n + 1)) + 1 comparisons, n = s.size(); none for n = 0. No
///           allocation, and stack that does not grow with n.
// Begin here: what do you know of everything before your lower border, and from the upper one on?
template <class Sequence, class Key>
std::uint64_t first_not_less(const Sequence&, const Key&) {
  return 0;
}

}  // namespace kit
