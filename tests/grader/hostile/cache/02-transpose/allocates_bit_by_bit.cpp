// gets: crashed; in: Correct.TwoByThree
// Takes memory a MiB at a time and uses it.
#include "transpose.hpp"

#include <cstdlib>
#include <cstring>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  for (int i = 0; i < 100'000; ++i) {
    if (void* more = std::malloc(1 << 20)) std::memset(more, 1, 1 << 20);
  }
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
