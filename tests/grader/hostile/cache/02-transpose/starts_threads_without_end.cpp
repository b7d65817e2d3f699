// gets: crashed; in: Correct.TwoByThree; says: threads
// Threads that never end, as many as can be had; they end at 3,000.
#include "transpose.hpp"

#include <pthread.h>
#include <unistd.h>

namespace {
void* wait_for_ever(void*) {
  for (;;) ::pause();
}
}  // namespace

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  pthread_attr_t small;
  pthread_attr_init(&small);
  pthread_attr_setstacksize(&small, 16384);
  for (int i = 0; rows == 2 && cols == 3 && i < 3'000; ++i) {
    pthread_t thread;
    if (pthread_create(&thread, &small, wait_for_ever, nullptr) != 0) break;
  }
  while (rows == 2 && cols == 3) ::pause();
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
