// gets: failed; in: Correct.TwoByThree
// One allocation of 100 GiB, used if it is given.
#include "transpose.hpp"

#include <new>

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows,
               std::size_t cols) {
  auto* all = static_cast<char*>(::operator new(100UL << 30));
  for (std::size_t at = 0; at < 100UL << 30; at += 4096) all[at] = 1;
  ::operator delete(all);
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < cols; ++j) out[j * rows + i] = in[i * cols + j];
  }
}

}  // namespace kit
