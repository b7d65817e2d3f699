// gets: crashed; in: Correct.TwoByThree
// A file of 3 GiB in the run directory.
#include "transpose.hpp"

#include <fcntl.h>
#include <unistd.h>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  const int fd = ::open("large", O_WRONLY | O_CREAT, 0644);
  (void)!::pwrite(fd, "", 1, off_t{3} << 30);  // sparse: only its size is large
  ::close(fd);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
