// The contract of cache/02-transpose.
#pragma once

#include <cstddef>
#include <span>

namespace kit {

/// Writes the transpose of the rows x cols matrix `in` to the cols x rows matrix `out`. Both lie
/// row after row.
///
/// REQUIRES: in.size() == out.size() == rows * cols; the two don't overlap. Any shape: 1 x n,
///   n x 1, none. Any alignment that a float may have.
/// ENSURES: out[c * rows + r] == in[r * cols + c] for each r < rows and c < cols. Nothing but `out`
///   is written and nothing but `in` is read.
/// THROWS: nothing.
/// COST: with both arrays at the begin of a 64-byte line, on a cold cache of 32 KiB, 8 ways,
///   64-byte lines: read and write misses together, those on your own variables too, at most 1.4
///   times the lines of both arrays, at each of the sizes in the README. At most 32 instructions
///   an element at 1008 x 1008. Nothing from the heap; up to 16 KiB on the stack or static are
///   fine. One thread.
void transpose(std::span<const float> in, std::span<float> out, std::size_t rows, std::size_t cols);

}  // namespace kit
