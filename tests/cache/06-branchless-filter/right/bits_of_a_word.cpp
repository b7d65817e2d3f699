// 64 comparisons make a word; its set bits are taken one after the other. The loop over them ends
// once for each word, and that is all that is guessed.
#include "filter.hpp"

#include <algorithm>
#include <bit>

namespace kit {

std::size_t keep_less(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out) {
  std::size_t k = 0;
  for (std::size_t from = 0; from < in.size(); from += 64) {
    const std::size_t size = std::min<std::size_t>(64, in.size() - from);
    std::uint64_t bits = 0;
    for (std::size_t i = 0; i < size; ++i) {
      bits |= std::uint64_t{in[from + i] < threshold} << i;
    }
    for (; bits != 0; bits &= bits - 1) {
      out[k++] = in[from + static_cast<std::size_t>(std::countr_zero(bits))];
    }
  }
  return k;
}

}  // namespace kit
