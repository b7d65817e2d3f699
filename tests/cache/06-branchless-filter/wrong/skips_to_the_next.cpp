// rejected by: Cost.Mispredictions
// Looks for runs: skips what is not kept, then copies what is. Fine on sorted data; on random data
// each run ends with a wrong guess, twice a run. A user sees a clever loop that is no faster.
#include "filter.hpp"

namespace kit {

std::size_t keep_less(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out) {
  std::size_t k = 0;
  for (std::size_t i = 0; i < in.size();) {
    while (i < in.size() && in[i] >= threshold) ++i;
    while (i < in.size() && in[i] < threshold) out[k++] = in[i++];
  }
  return k;
}

}  // namespace kit
