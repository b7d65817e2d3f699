// gets: crashed; in: Correct.TwoByThree; says: SIGKILL
// SIGKILL to its own process group.
#include "transpose.hpp"

#include <csignal>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  ::kill(0, SIGKILL);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
