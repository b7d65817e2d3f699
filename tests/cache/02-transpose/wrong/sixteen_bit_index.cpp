// rejected by: Correct.TallAndWide
// Numbers rows and columns with 16 bits: right up to 65,536 of them, then it begins again at the
// first. A user sees old data behind row 65,535 of a long table, and no test of usual size shows it.
#include <algorithm>
#include <cstdint>

#include "transpose.hpp"

namespace kit {
namespace {

struct Tile {
  std::uint16_t row, column, height, width;
};

}  // namespace

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  constexpr std::size_t kTile = 16;
  alignas(64) float stage[kTile][kTile];
  for (std::size_t i = 0; i < rows; i += kTile) {
    for (std::size_t j = 0; j < cols; j += kTile) {
      const Tile t = {static_cast<std::uint16_t>(i), static_cast<std::uint16_t>(j),
                      static_cast<std::uint16_t>(std::min(kTile, rows - i)),
                      static_cast<std::uint16_t>(std::min(kTile, cols - j))};
      for (std::size_t y = 0; y < t.height; ++y) {
        for (std::size_t x = 0; x < t.width; ++x) {
          stage[x][y] = in[(t.row + y) * cols + t.column + x];
        }
      }
      for (std::size_t x = 0; x < t.width; ++x) {
        std::copy_n(stage[x], t.height, &out[(t.column + x) * rows + t.row]);
      }
    }
  }
}

}  // namespace kit
