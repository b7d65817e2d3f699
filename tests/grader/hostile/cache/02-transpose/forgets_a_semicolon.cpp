// gets: does not compile
// A plain slip of the pen.
#include "transpose.hpp"

namespace kit {

void transpose(std::span<const float> in, std::span<float> out, std::size_t rows, std::size_t cols) {
  out[0] = in[0] + static_cast<float>(rows * cols)
}

}  // namespace kit
