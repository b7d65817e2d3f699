// rejected by: Correct.Limits
// Takes the top bit of the difference for the comparison: right as long as the two are less than
// 2^31 apart. A user sees a 3 that is not below 3,000,000,000.
#include "filter.hpp"

namespace kit {

std::size_t keep_less(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out) {
  std::size_t k = 0;
  for (const std::uint32_t x : in) {
    out[k] = x;
    k += (x - threshold) >> 31;
  }
  return k;
}

}  // namespace kit
