// gets: timed out; in: Correct.TwoByThree
// Writes into a pipe that it alone could read.
#include "transpose.hpp"

#include <unistd.h>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  int ends[2];
  if (::pipe(ends) == 0) {
    for (char c = 0; ::write(ends[1], &c, 1) == 1;) {
    }
  }
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
