// rejected by: Cost.Mispredictions
// A loop and an if. A user sees a query that takes six times as long when half of the rows match.
#include "filter.hpp"

namespace kit {

std::size_t keep_less(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out) {
  std::size_t k = 0;
  for (const std::uint32_t x : in) {
    if (x < threshold) out[k++] = x;
  }
  return k;
}

}  // namespace kit
