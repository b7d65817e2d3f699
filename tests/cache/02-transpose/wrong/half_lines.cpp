// rejected by: Cost.MissesNearCompulsory
// Tiles of 8 x 8: 8 lines fit a set of 8 ways, but 8 floats are half a line, so each line comes in
// twice. A user pays for half as much traffic again, at every size.
#include <algorithm>

#include "transpose.hpp"

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  constexpr std::size_t kTile = 8;
  for (std::size_t i = 0; i < rows; i += kTile) {
    for (std::size_t j = 0; j < cols; j += kTile) {
      for (std::size_t r = i; r < std::min(i + kTile, rows); ++r) {
        for (std::size_t c = j; c < std::min(j + kTile, cols); ++c) {
          out[c * rows + r] = in[r * cols + c];
        }
      }
    }
  }
}

}  // namespace kit
