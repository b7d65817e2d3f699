// Transposes by tiles of 16 x 16 floats, each by way of a stage of 1 KiB on the stack.
//
// The plain idea: for each r and c, out[c * rows + r] = in[r * cols + c]. The reads use all 16
// floats of a line, the writes one; before the next float of that line is written, `rows` or so
// other lines have come and gone. Tiles keep both walks within 32 lines, but lines live in sets:
// where the rows of `out` are a multiple of 4,096 bytes apart, the 16 lines that a tile writes
// belong to one set of 8 ways, and each is thrown out before it is full.
//
//    in, 16 lines        stage, 16 lines side by side        out, 16 lines
//    a a a ...           a b c ...                           a b c ...
//    b b b ...    ->     a b c ...                    ->     a b c ...
//    c c c ...           a b c ...                           a b c ...
//    read once           written down its columns;           written from the stage, one
//                        16 sets, so nothing leaves          whole line after the other
//
// Why it meets the bound, wherever the lines of `out` fall: a line of `out` gets its 16 floats one
// after the other, so it misses once, and may then be thrown out at no cost. The stage takes 16 of
// the 64 sets, one line in each. Of `in` the AVX2 form reads 8 lines twice each, one half after the
// other: 8 lines fit a set of 8 ways, and where the stage shares that set (a quarter of the tiles
// at most) some come twice. Counted: 1.00 to 1.14 times the least.
#include "transpose.hpp"

#include <algorithm>
#include <cassert>

#ifdef __AVX2__
#include <immintrin.h>
#endif

namespace kit {
namespace {

constexpr std::size_t kTile = 16;  // floats in a line

struct alignas(64) Stage {
  float at[kTile][kTile];  // [column of in][row of in]
};
static_assert(sizeof(Stage) == 1024, "sixteen neighbouring lines, so sixteen different sets");

// A tile at the edge: h rows and w columns, each at most 16.
void stage_part(const float* in, std::size_t cols, std::size_t h, std::size_t w, Stage& stage) {
  for (std::size_t y = 0; y < h; ++y) {
    for (std::size_t x = 0; x < w; ++x) stage.at[x][y] = in[y * cols + x];
  }
}

#ifdef __AVX2__

// 8 x 8 floats in registers. Pairs of rows are interleaved to pairs of floats, these to runs of
// four; the last step joins the run of the upper four rows with that of the lower four.
void stage_eight(const float* in, std::size_t cols, float* to) {
  __m256 four[2][4];  // [upper or lower rows][k]: column k of four rows | column k + 4 of them
  for (std::size_t half = 0; half < 2; ++half) {
    const float* row = in + 4 * half * cols;
    const __m256 a = _mm256_loadu_ps(row);
    const __m256 b = _mm256_loadu_ps(row + cols);
    const __m256 c = _mm256_loadu_ps(row + 2 * cols);
    const __m256 d = _mm256_loadu_ps(row + 3 * cols);
    const __m256 ab_low = _mm256_unpacklo_ps(a, b);  // a0 b0 a1 b1 | a4 b4 a5 b5
    const __m256 ab_high = _mm256_unpackhi_ps(a, b);
    const __m256 cd_low = _mm256_unpacklo_ps(c, d);
    const __m256 cd_high = _mm256_unpackhi_ps(c, d);
    four[half][0] = _mm256_shuffle_ps(ab_low, cd_low, 0x44);  // a0 b0 c0 d0 | a4 b4 c4 d4
    four[half][1] = _mm256_shuffle_ps(ab_low, cd_low, 0xee);
    four[half][2] = _mm256_shuffle_ps(ab_high, cd_high, 0x44);
    four[half][3] = _mm256_shuffle_ps(ab_high, cd_high, 0xee);
  }
  for (std::size_t k = 0; k < 4; ++k) {
    _mm256_store_ps(to + k * kTile, _mm256_permute2f128_ps(four[0][k], four[1][k], 0x20));
    _mm256_store_ps(to + (k + 4) * kTile, _mm256_permute2f128_ps(four[0][k], four[1][k], 0x31));
  }
}

void stage_whole(const float* in, std::size_t cols, Stage& stage) {
  for (std::size_t y = 0; y < kTile; y += 8) {
    // The second half of these eight lines while they are there.
    for (std::size_t x = 0; x < kTile; x += 8) {
      stage_eight(in + y * cols + x, cols, &stage.at[x][y]);
    }
  }
}

#else

void stage_whole(const float* in, std::size_t cols, Stage& stage) {
  stage_part(in, cols, kTile, kTile, stage);
}

#endif

}  // namespace

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  assert(in.size() == rows * cols && out.size() == in.size());
  Stage stage;
  for (std::size_t i = 0; i < rows; i += kTile) {
    const std::size_t h = std::min(kTile, rows - i);
    for (std::size_t j = 0; j < cols; j += kTile) {
      const std::size_t w = std::min(kTile, cols - j);
      const float* from = in.data() + i * cols + j;
      float* to = out.data() + j * rows + i;
      if (h == kTile && w == kTile) {
        stage_whole(from, cols, stage);
        for (std::size_t x = 0; x < kTile; ++x) std::copy_n(stage.at[x], kTile, to + x * rows);
      } else {
        stage_part(from, cols, h, w, stage);
        for (std::size_t x = 0; x < w; ++x) std::copy_n(stage.at[x], h, to + x * rows);
      }
    }
  }
}

}  // namespace kit
