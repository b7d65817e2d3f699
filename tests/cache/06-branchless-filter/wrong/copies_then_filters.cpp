// rejected by: Cost.OnePass
// Copies all to `out` and packs it there. No branch, and `out` is walked over twice, to its very
// end. A user sees twice the traffic where little is kept.
#include "filter.hpp"

#include <algorithm>

namespace kit {

std::size_t keep_less(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out) {
  std::ranges::copy(in, out.begin());
  std::size_t k = 0;
  for (std::size_t i = 0; i < in.size(); ++i) {
    const std::uint32_t x = out[i];
    out[k] = x;
    k += x < threshold ? 1 : 0;
  }
  return k;
}

}  // namespace kit
