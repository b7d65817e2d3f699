// rejected by: Correct.Limits
// Keeps what is not greater: the threshold itself too. A user sees one row too many.
#include "filter.hpp"

namespace kit {

std::size_t keep_less(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out) {
  std::size_t k = 0;
  for (const std::uint32_t x : in) {
    out[k] = x;
    k += x <= threshold ? 1 : 0;
  }
  return k;
}

}  // namespace kit
