// gets: timed out
// All tests pass, then a static destructor never ends.
#include "transpose.hpp"

#include <unistd.h>

namespace {
struct Last {
  ~Last() {
    for (;;) ::pause();
  }
} last;
}  // namespace

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
