// gets: crashed; in: Correct.TwoByThree
// Recursion without an end.
#include "transpose.hpp"

namespace {

volatile int depth = 0;

int deeper(int n) {
  volatile char room[4096];
  room[0] = static_cast<char>(n);
  depth = depth + 1;
  return deeper(n + 1) + room[0];
}

}  // namespace

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  (void)deeper(0);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
