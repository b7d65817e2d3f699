// gets: timed out; in: Correct.TwoByThree
// Ignores SIGTERM and loops.
#include "transpose.hpp"

#include <csignal>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  std::signal(SIGTERM, SIG_IGN);
  for (volatile int i = 0;; i = i + 1) {
  }
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
