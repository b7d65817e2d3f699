// gets: timed out; in: Correct.TwoByThree
// Two threads that wait for each other.
#include "transpose.hpp"

#include <latch>
#include <mutex>
#include <thread>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  std::mutex a, b;
  std::latch both(2);
  std::thread other([&] {
    const std::lock_guard first(b);
    both.arrive_and_wait();
    const std::lock_guard second(a);
  });
  {
    const std::lock_guard first(a);
    both.arrive_and_wait();
    const std::lock_guard second(b);
  }
  other.join();
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
