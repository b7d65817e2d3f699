// Four kernels of 8 x 8 floats a tile into a stage of 1 KiB; then whole lines go out, by
// non-temporal stores where they are aligned. Leftovers are done one by one at the end. Without
// AVX2 the same shape in plain loops.
#include "transpose.hpp"

#include <cstdint>
#include <cstring>

#ifdef __AVX2__
#include <immintrin.h>
#endif

namespace kit {
namespace {

constexpr std::size_t kLine = 16;

#ifdef __AVX2__
using Row = __m256;
Row load_halves(const float* upper, const float* lower) {
  return _mm256_insertf128_ps(_mm256_castps128_ps256(_mm_loadu_ps(upper)), _mm_loadu_ps(lower), 1);
}
// Rows k and k + 4 share a register from the begin: no exchange of halves is left at the end.
void kernel(const float* in, std::size_t stride, float* to) {
  for (std::size_t x = 0; x < 8; x += 4) {
    const Row a = load_halves(in + x, in + 4 * stride + x);
    const Row b = load_halves(in + stride + x, in + 5 * stride + x);
    const Row c = load_halves(in + 2 * stride + x, in + 6 * stride + x);
    const Row d = load_halves(in + 3 * stride + x, in + 7 * stride + x);
    const Row ac_low = _mm256_unpacklo_ps(a, c);  // a0 c0 a1 c1
    const Row ac_high = _mm256_unpackhi_ps(a, c);
    const Row bd_low = _mm256_unpacklo_ps(b, d);
    const Row bd_high = _mm256_unpackhi_ps(b, d);
    _mm256_store_ps(to + x * kLine, _mm256_unpacklo_ps(ac_low, bd_low));  // a0 b0 c0 d0
    _mm256_store_ps(to + (x + 1) * kLine, _mm256_unpackhi_ps(ac_low, bd_low));
    _mm256_store_ps(to + (x + 2) * kLine, _mm256_unpacklo_ps(ac_high, bd_high));
    _mm256_store_ps(to + (x + 3) * kLine, _mm256_unpackhi_ps(ac_high, bd_high));
  }
}
void put_line(float* to, const float* from) {
  const __m256 first = _mm256_load_ps(from);
  const __m256 second = _mm256_load_ps(from + 8);
  if (reinterpret_cast<std::uintptr_t>(to) % 64 == 0) {
    _mm256_stream_ps(to, first);
    _mm256_stream_ps(to + 8, second);
  } else {
    _mm256_storeu_ps(to, first);
    _mm256_storeu_ps(to + 8, second);
  }
}
void finish() {
  _mm_sfence();
}
#else
void kernel(const float* in, std::size_t stride, float* to) {
  for (std::size_t y = 0; y < 8; ++y) {
    for (std::size_t x = 0; x < 8; ++x) to[x * kLine + y] = in[y * stride + x];
  }
}
void put_line(float* to, const float* from) {
  std::memcpy(to, from, 64);
}
void finish() {}
#endif

}  // namespace

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  const std::size_t whole_rows = rows - rows % kLine;
  const std::size_t whole_cols = cols - cols % kLine;
  alignas(64) float stage[kLine * kLine];
  // Down the columns of `in`: a strip of `out` is written from left to right.
  for (std::size_t j = 0; j < whole_cols; j += kLine) {
    for (std::size_t i = 0; i < whole_rows; i += kLine) {
      const float* from = in.data() + i * cols + j;
      kernel(from, cols, stage);
      kernel(from + 8, cols, stage + 8 * kLine);
      kernel(from + 8 * cols, cols, stage + 8);
      kernel(from + 8 * cols + 8, cols, stage + 8 * kLine + 8);
      for (std::size_t x = 0; x < kLine; ++x) {
        put_line(out.data() + (j + x) * rows + i, stage + x * kLine);
      }
    }
  }
  finish();
  // What is left over: the columns on the right, then the rows below.
  for (std::size_t c = whole_cols; c < cols; ++c) {
    for (std::size_t r = 0; r < rows; ++r) out[c * rows + r] = in[r * cols + c];
  }
  for (std::size_t r = whole_rows; r < rows; ++r) {
    for (std::size_t c = 0; c < whole_cols; ++c) out[c * rows + r] = in[r * cols + c];
  }
}

}  // namespace kit
