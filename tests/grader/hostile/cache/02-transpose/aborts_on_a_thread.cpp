// gets: crashed; in: Correct.TwoByThree; says: SIGABRT
// abort() on another thread.
#include "transpose.hpp"

#include <cstdlib>
#include <thread>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  std::thread([] { std::abort(); }).join();
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
