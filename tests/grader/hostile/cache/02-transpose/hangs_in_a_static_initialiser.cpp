// gets: timed out; says: static initialiser; rest: not run
// Never reaches main().
#include "transpose.hpp"

#include <unistd.h>
static const int kNever = [] {
  for (;;) ::pause();
  return 0;
}();

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  (void)kNever;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
