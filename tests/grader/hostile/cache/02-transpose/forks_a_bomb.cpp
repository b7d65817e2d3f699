// gets: crashed; in: Correct.TwoByThree
// Forks as often as it can; the suite bounds it at 2,000.
#include "transpose.hpp"

#include <unistd.h>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  for (int i = 0; rows == 2 && cols == 3 && i < 2000; ++i) {
    if (::fork() == 0) {
      for (;;) ::pause();
    }
  }
  while (rows == 2 && cols == 3) ::pause();
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
