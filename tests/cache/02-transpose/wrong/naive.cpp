// rejected by: Cost.MissesNearCompulsory
// Two plain loops: the writes use 4 bytes of each line they bring in. A user sees a tenth of the
// memory's speed.
#include "transpose.hpp"

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  for (std::size_t r = 0; r < rows; ++r) {
    for (std::size_t c = 0; c < cols; ++c) out[c * rows + r] = in[r * cols + c];
  }
}

}  // namespace kit
