// rejected by: Cost.InstructionsAnElement
// Halves the longer side down to single elements: few misses at 1008, but a call or two for every
// float. A user sees a function that is slow even on a matrix that fits the cache.
#include "transpose.hpp"

namespace kit {
namespace {

void part(const float* in, float* out, std::size_t rows, std::size_t cols, std::size_t in_stride,
          std::size_t out_stride) {
  if (rows == 0 || cols == 0) return;
  if (rows == 1 && cols == 1) {
    *out = *in;
  } else if (rows >= cols) {
    const std::size_t half = rows / 2;
    part(in, out, half, cols, in_stride, out_stride);
    part(in + half * in_stride, out + half, rows - half, cols, in_stride, out_stride);
  } else {
    const std::size_t half = cols / 2;
    part(in, out, rows, half, in_stride, out_stride);
    part(in + half, out + half * out_stride, rows, cols - half, in_stride, out_stride);
  }
}

}  // namespace

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  part(in.data(), out.data(), rows, cols, cols, rows);
}

}  // namespace kit
