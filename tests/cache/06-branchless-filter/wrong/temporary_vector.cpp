// rejected by: Cost.OnePass, Cost.NoAllocation
// Packs into a vector as large as the input and copies that to `out`. A user sees memory doubled
// and a function that may throw.
#include "filter.hpp"

#include <algorithm>
#include <vector>

namespace kit {

std::size_t keep_less(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out) {
  std::vector<std::uint32_t> kept(in.size() + 1);
  std::size_t k = 0;
  for (const std::uint32_t x : in) {
    kept[k] = x;
    k += x < threshold ? 1 : 0;
  }
  std::copy_n(kept.begin(), k, out.begin());
  return k;
}

}  // namespace kit
