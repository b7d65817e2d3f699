// rejected by: Correct.NoRows
// A matrix of one row or column is only copied, and "at most one row" was taken for that: with no
// rows at all it copies `cols` floats that aren't there. A user sees memory overwritten when a
// batch is empty.
#include <algorithm>

#include "transpose.hpp"

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  if (rows <= 1 || cols <= 1) {
    std::copy_n(in.data(), std::max(rows, cols), out.data());
    return;
  }
  constexpr std::size_t kTile = 16;
  alignas(64) float stage[kTile][kTile];
  for (std::size_t i = 0; i < rows; i += kTile) {
    for (std::size_t j = 0; j < cols; j += kTile) {
      const std::size_t h = std::min(kTile, rows - i);
      const std::size_t w = std::min(kTile, cols - j);
      for (std::size_t y = 0; y < h; ++y) {
        for (std::size_t x = 0; x < w; ++x) stage[x][y] = in[(i + y) * cols + j + x];
      }
      for (std::size_t x = 0; x < w; ++x) std::copy_n(stage[x], h, &out[(j + x) * rows + i]);
    }
  }
}

}  // namespace kit
