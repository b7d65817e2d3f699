// rejected by: Cost.OnePass
// Counts what will be kept before it copies, to know how much room it takes. A user sees the input
// carried from memory twice.
#include "filter.hpp"

namespace kit {

std::size_t keep_less(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out) {
  std::size_t kept = 0;
  for (const std::uint32_t x : in) kept += x < threshold ? 1 : 0;
  if (kept == 0) return 0;
  std::size_t k = 0;
  for (const std::uint32_t x : in) {
    out[k] = x;
    k += x < threshold ? 1 : 0;
  }
  return kept;
}

}  // namespace kit
