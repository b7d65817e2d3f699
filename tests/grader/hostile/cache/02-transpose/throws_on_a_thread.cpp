// gets: crashed; in: Correct.TwoByThree
// An exception that nobody catches, on another thread.
#include "transpose.hpp"

#include <stdexcept>
#include <thread>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  std::thread([] { throw std::runtime_error("nobody catches this"); }).join();
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
