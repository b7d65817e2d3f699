// gets: failed
// Twenty thousand files in the run directory.
#include "transpose.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <string>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  static bool done = false;
  for (int i = 0; i < 20'000 && !done; ++i) {
    ::close(::open(("f" + std::to_string(i)).c_str(), O_WRONLY | O_CREAT, 0644));
  }
  done = true;
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
