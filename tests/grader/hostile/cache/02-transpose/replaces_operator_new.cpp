// gets: does not compile
// Its own operator new, so that allocations are not counted.
#include "transpose.hpp"

#include <cstdlib>
#include <new>

void* operator new(std::size_t size) {
  return std::malloc(size);
}
void operator delete(void* memory) noexcept {
  std::free(memory);
}
void operator delete(void* memory, std::size_t) noexcept {
  std::free(memory);
}

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
