// rejected by: Correct.SeventeenByFive, Correct.EveryShapeUpTo40, Correct.AnyAlignment
// Whole tiles only: what is left over on the right and below is never written. A user sees old data
// in the last rows and columns, at sizes that aren't multiples of 16.
#include "transpose.hpp"

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  constexpr std::size_t kTile = 16;
  alignas(64) float stage[kTile][kTile];
  for (std::size_t i = 0; i + kTile <= rows; i += kTile) {
    for (std::size_t j = 0; j + kTile <= cols; j += kTile) {
      for (std::size_t y = 0; y < kTile; ++y) {
        for (std::size_t x = 0; x < kTile; ++x) stage[x][y] = in[(i + y) * cols + j + x];
      }
      for (std::size_t x = 0; x < kTile; ++x) {
        for (std::size_t y = 0; y < kTile; ++y) out[(j + x) * rows + i + y] = stage[x][y];
      }
    }
  }
}

}  // namespace kit
