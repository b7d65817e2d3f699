// rejected by: Robust.NeverWritesPastN
// Packs blocks of eight into a block of its own and stores all eight of them, at the end too: up to
// seven elements behind the last. A user finds 28 bytes of somebody else changed.
#include "filter.hpp"

#include <algorithm>

namespace kit {

std::size_t keep_less(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out) {
  std::size_t k = 0;
  for (std::size_t i = 0; i < in.size(); i += 8) {
    std::uint32_t block[9] = {};
    std::size_t found = 0;
    for (std::size_t j = i; j < std::min(i + 8, in.size()); ++j) {
      block[found] = in[j];
      found += in[j] < threshold ? 1 : 0;
    }
    if (found > 0) {
      for (std::size_t j = 0; j < 8; ++j) out.data()[k + j] = block[j];
    }
    k += found;
  }
  return k;
}

}  // namespace kit
