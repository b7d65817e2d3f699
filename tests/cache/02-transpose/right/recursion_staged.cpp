// Cache-oblivious down to a tile: the longer side is halved, at a multiple of a line, until 16 x 16
// is left; that goes by way of a small array, so that sets don't matter.
#include "transpose.hpp"

#include <algorithm>

namespace kit {
namespace {

constexpr std::size_t kLine = 16;

struct Matrix {
  const float* in;
  float* out;
  std::size_t in_stride, out_stride;

  Matrix below(std::size_t r) const { return {in + r * in_stride, out + r, in_stride, out_stride}; }
  Matrix right(std::size_t c) const {
    return {in + c, out + c * out_stride, in_stride, out_stride};
  }
};

void leaf(const Matrix& m, std::size_t rows, std::size_t cols) {
  float turned[kLine * kLine];
  for (std::size_t r = 0; r < rows; ++r) {
    const float* row = m.in + r * m.in_stride;
    for (std::size_t c = 0; c < cols; ++c) turned[c * kLine + r] = row[c];
  }
  for (std::size_t c = 0; c < cols; ++c) {
    std::copy(turned + c * kLine, turned + c * kLine + rows, m.out + c * m.out_stride);
  }
}

// Half of n, rounded up to whole lines: less than n as long as n is more than a line.
std::size_t half(std::size_t n) {
  return (n / 2 + kLine - 1) / kLine * kLine;
}

void turn(const Matrix& m, std::size_t rows, std::size_t cols) {
  if (rows <= kLine && cols <= kLine) {
    leaf(m, rows, cols);
  } else if (rows >= cols) {
    const std::size_t top = half(rows);
    turn(m, top, cols);
    turn(m.below(top), rows - top, cols);
  } else {
    const std::size_t left = half(cols);
    turn(m, rows, left);
    turn(m.right(left), rows, cols - left);
  }
}

}  // namespace

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  turn({in.data(), out.data(), cols, rows}, rows, cols);
}

}  // namespace kit
