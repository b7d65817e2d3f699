// gets: failed; in: Correct.TwoByThree
// An exception on the main thread, which the suite reports.
#include "transpose.hpp"

#include <stdexcept>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  throw std::runtime_error("not today");
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
