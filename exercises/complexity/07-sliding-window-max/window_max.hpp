// window_max: for every window of w neighbours, where its largest element is.
#pragma once

#include <cstddef>
#include <span>
#include <stdexcept>

namespace kit {

/// out[i] = the index of a largest element among a[i] .. a[i + w - 1], for i = 0 .. a.size() - w. Of
/// equal ones any.
///
/// REQUIRES: x < y is a strict weak order of T, and nothing else is asked of T: no other operator, no
///           copy, no move.
/// ENSURES:  w == 0 or w > a.size(): there is no window, and nothing to do. w may be up to SIZE_MAX.
/// THROWS:   std::invalid_argument unless out has room for each window and no more; `out` is untouched
///           then. std::bad_alloc, and what < throws; `out` may be written in part then.
/// COST:     at most 3n comparisons, n = a.size(), whatever w is. Memory for O(w) indices.
// Begin here: which of the values that you have seen can never be an answer again?
template <class T>
void window_max(std::span<const T>, std::size_t, std::span<std::size_t>) {}

}  // namespace kit
