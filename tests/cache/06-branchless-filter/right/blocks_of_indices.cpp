// A block of 256 at a time: the indices of what is kept, without a branch, then the elements
// themselves. Writes nothing behind the kept ones.
#include "filter.hpp"

#include <algorithm>
#include <array>

namespace kit {

std::size_t keep_less(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out) {
  constexpr std::size_t kBlock = 256;
  std::array<std::uint8_t, kBlock> kept;
  std::size_t k = 0;
  for (std::size_t from = 0; from < in.size(); from += kBlock) {
    const std::size_t size = std::min(kBlock, in.size() - from);
    std::size_t found = 0;
    for (std::size_t i = 0; i < size; ++i) {
      kept[found] = static_cast<std::uint8_t>(i);
      found += in[from + i] < threshold ? 1 : 0;
    }
    for (std::size_t i = 0; i < found; ++i) out[k++] = in[from + kept[i]];
  }
  return k;
}

}  // namespace kit
