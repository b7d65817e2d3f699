// rejected by: Cost.MissesNearCompulsory
// Halves the longer side down to 16 x 16: optimal for an ideal cache, and this one has sets. A user
// who trusted the theorem sees it fail at powers of two, like any other tile that is written
// straight out.
#include "transpose.hpp"

namespace kit {
namespace {

void part(const float* in, float* out, std::size_t rows, std::size_t cols, std::size_t in_stride,
          std::size_t out_stride) {
  if (rows <= 16 && cols <= 16) {
    for (std::size_t r = 0; r < rows; ++r) {
      for (std::size_t c = 0; c < cols; ++c) out[c * out_stride + r] = in[r * in_stride + c];
    }
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
