// rejected by: Robust.WritesOnlyOut
// Always writes 16 floats, also where fewer are left: the next row of `out` mends what was
// overwritten, but behind the last row there is none. A user finds up to 60 bytes of somebody
// else's memory changed.
#include <algorithm>

#include "transpose.hpp"

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  constexpr std::size_t kTile = 16;
  alignas(64) float stage[kTile][kTile] = {};
  for (std::size_t j = 0; j < cols; j += kTile) {
    const std::size_t w = std::min(kTile, cols - j);
    // From the last rows up: what is written too far is the begin of the next row of `out`, written
    // again later.
    for (std::size_t tiles = (rows + kTile - 1) / kTile; tiles > 0; --tiles) {
      const std::size_t i = (tiles - 1) * kTile;
      const std::size_t h = std::min(kTile, rows - i);
      for (std::size_t y = 0; y < h; ++y) {
        for (std::size_t x = 0; x < w; ++x) stage[x][y] = in[(i + y) * cols + j + x];
      }
      for (std::size_t x = 0; x < w; ++x) {
        std::copy_n(stage[x], kTile, out.data() + (j + x) * rows + i);
      }
    }
  }
}

}  // namespace kit
