// rejected by: Correct.TwoByThree, Correct.TallAndWide
// Takes the row length of `in` for that of `out`. A user sees it work until the first matrix that
// isn't square.
#include <algorithm>

#include "transpose.hpp"

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  constexpr std::size_t kTile = 16;
  float stage[kTile][kTile];
  for (std::size_t i = 0; i < rows; i += kTile) {
    for (std::size_t j = 0; j < cols; j += kTile) {
      const std::size_t h = std::min(kTile, rows - i);
      const std::size_t w = std::min(kTile, cols - j);
      for (std::size_t y = 0; y < h; ++y) {
        for (std::size_t x = 0; x < w; ++x) stage[x][y] = in[(i + y) * cols + j + x];
      }
      for (std::size_t x = 0; x < w; ++x) {
        for (std::size_t y = 0; y < h; ++y) {
          const std::size_t to = (j + x) * cols + i + y;
          if (to < out.size()) out[to] = stage[x][y];
        }
      }
    }
  }
}

}  // namespace kit
