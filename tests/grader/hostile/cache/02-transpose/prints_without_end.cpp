// gets: crashed; in: Correct.TwoByThree
// Prints lines for ever.
#include "transpose.hpp"

#include <cstdio>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  for (;;) std::puts("another line of output that nobody reads, and another one, and another one");
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
