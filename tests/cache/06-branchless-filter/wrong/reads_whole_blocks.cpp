// rejected by: Robust.ReadsOnlyIn
// Reads eight elements at a time, also where fewer are left, and takes the rest for not kept. A
// user sees a crash where a column ends with its page.
#include "filter.hpp"

#include <algorithm>

namespace kit {

std::size_t keep_less(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out) {
  std::size_t k = 0;
  for (std::size_t i = 0; i < in.size(); i += 8) {
    const volatile std::uint32_t* const from = in.data() + i;
    std::uint32_t block[8];
    for (std::size_t j = 0; j < 8; ++j) block[j] = from[j];
    for (std::size_t j = 0; j < std::min<std::size_t>(8, in.size() - i); ++j) {
      out[k] = block[j];
      k += block[j] < threshold ? 1 : 0;
    }
  }
  return k;
}

}  // namespace kit
