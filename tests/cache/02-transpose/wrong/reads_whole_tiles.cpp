// rejected by: Robust.ReadsOnlyIn
// Always reads 16 x 16 floats and writes only those that count. A user sees a crash where the
// matrix ends with its page, and nothing at all elsewhere.
#include <algorithm>

#include "transpose.hpp"

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  constexpr std::size_t kTile = 16;
  alignas(64) volatile float stage[kTile][kTile];
  for (std::size_t i = 0; i < rows; i += kTile) {
    for (std::size_t j = 0; j < cols; j += kTile) {
      const float* from = in.data() + i * cols + j;
      const std::size_t h = std::min(kTile, rows - i);
      const std::size_t w = std::min(kTile, cols - j);
      for (std::size_t y = 0; y < h; ++y) {
        for (std::size_t x = 0; x < kTile; ++x) stage[x][y] = from[y * cols + x];
      }
      for (std::size_t x = 0; x < w; ++x) {
        for (std::size_t y = 0; y < h; ++y) out[(j + x) * rows + i + y] = stage[x][y];
      }
    }
  }
}

}  // namespace kit
