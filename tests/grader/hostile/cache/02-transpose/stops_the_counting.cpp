// gets: does not compile; says: valgrind
// Turns the counting off while it works.
#include "transpose.hpp"

#include <valgrind/callgrind.h>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  CALLGRIND_TOGGLE_COLLECT;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
