// rejected by: Cost.NoAllocation
// Collects the indices of a block of 1,024 without a branch, in a vector that it makes for each
// call. A user sees a heap call in the innermost loop of a query.
#include "filter.hpp"

#include <algorithm>
#include <vector>

namespace kit {

std::size_t keep_less(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out) {
  constexpr std::size_t kBlock = 1024;
  std::vector<std::uint32_t> kept(kBlock);
  std::size_t k = 0;
  for (std::size_t from = 0; from < in.size(); from += kBlock) {
    const std::size_t to = std::min(from + kBlock, in.size());
    std::size_t found = 0;
    for (std::size_t i = from; i < to; ++i) {
      kept[found] = static_cast<std::uint32_t>(i - from);
      found += in[i] < threshold ? 1 : 0;
    }
    for (std::size_t i = 0; i < found; ++i) out[k++] = in[from + kept[i]];
  }
  return k;
}

}  // namespace kit
