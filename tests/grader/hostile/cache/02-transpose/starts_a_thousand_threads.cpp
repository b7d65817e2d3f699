// gets: failed
// Threads until no more can be had, each asleep for a while; then goes on rightly.
#include "transpose.hpp"

#include <atomic>
#include <thread>
#include <vector>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  std::vector<std::thread> all;
  try {
    for (int i = 0; i < 1000; ++i) all.emplace_back([] { std::this_thread::yield(); });
  } catch (...) {
  }
  for (std::thread& one : all) one.join();
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
