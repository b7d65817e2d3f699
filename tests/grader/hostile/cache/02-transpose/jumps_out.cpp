// gets: crashed
// A jump back into a function that has returned.
#include "transpose.hpp"

#include <csetjmp>

namespace {
std::jmp_buf back;
[[gnu::noinline]] void mark() {
  (void)setjmp(back);
}
}  // namespace

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  mark();
  std::longjmp(back, 1);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
