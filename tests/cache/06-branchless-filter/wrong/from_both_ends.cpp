// rejected by: Correct.KeepsInOrder
// Fills holes from the back, so that what is kept is moved least: the order is lost. A user sees
// rows that no longer match those of another column.
#include "filter.hpp"

#include <algorithm>

namespace kit {

std::size_t keep_less(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out) {
  std::ranges::copy(in, out.begin());
  std::size_t low = 0, high = out.size();
  while (low < high) {
    const std::uint32_t x = out[low];
    const bool kept = x < threshold;
    out[low] = kept ? x : out[high - 1];
    low += kept ? 1 : 0;
    high -= kept ? 0 : 1;
  }
  return low;
}

}  // namespace kit
