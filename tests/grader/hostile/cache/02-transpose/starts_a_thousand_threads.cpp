// gets: failed
// A thousand threads in the first call of all; then goes on rightly.
#include "transpose.hpp"

#include <atomic>
#include <thread>
#include <vector>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  static bool done = false;
  std::vector<std::thread> all;
  try {
    for (int i = 0; i < 1000 && !done; ++i) all.emplace_back([] { std::this_thread::yield(); });
  } catch (...) {
  }
  done = true;
  for (std::thread& one : all) one.join();
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
