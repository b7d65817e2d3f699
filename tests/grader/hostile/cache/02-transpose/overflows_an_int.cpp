// gets: failed; in: Clean
// Right, but for a signed overflow on the way, which only a sanitizer sees.
#include "transpose.hpp"

#include <climits>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows, std::size_t cols) {
  volatile int calls = INT_MAX;
  calls = calls + 1;
  constexpr std::size_t kTile = 16;
  for (std::size_t i0 = 0; i0 < rows; i0 += kTile) {
    for (std::size_t j0 = 0; j0 < cols; j0 += kTile) {
      const std::size_t i1 = i0 + kTile < rows ? i0 + kTile : rows;
      const std::size_t j1 = j0 + kTile < cols ? j0 + kTile : cols;
      float tile[kTile][kTile];
      for (std::size_t i = i0; i < i1; ++i) {
        for (std::size_t j = j0; j < j1; ++j) tile[j - j0][i - i0] = in[i * cols + j];
      }
      for (std::size_t j = j0; j < j1; ++j) {
        for (std::size_t i = i0; i < i1; ++i) out[j * rows + i] = tile[j - j0][i - i0];
      }
    }
  }
}

}  // namespace kit
