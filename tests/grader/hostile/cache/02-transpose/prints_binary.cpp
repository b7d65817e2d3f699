// gets: failed
// Prints bytes that are no text, terminal escapes among them; and is slow.
#include "transpose.hpp"

#include <unistd.h>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  char bytes[256];
  for (int i = 0; i < 256; ++i) bytes[i] = static_cast<char>(i);
  (void)!::write(1, bytes, sizeof bytes);
  (void)!::write(1, "\033[2J\033c", 6);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
