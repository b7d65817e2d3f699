// rejected by: Cost.MissesNearCompulsory
// Tiles, but no thought for sets: perfect at 1008, while at 1024 the 16 lines of a tile share one
// set of 8 ways, and every write misses. A user sees one size in a hundred that is eight times
// slower than its neighbours.
#include <algorithm>

#include "transpose.hpp"

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  constexpr std::size_t kTile = 16;
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
