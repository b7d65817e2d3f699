// rejected by: Cost.Mispredictions
// The library's algorithm, which has the same branch inside. A user sees what the loop with an if
// shows.
#include "filter.hpp"

#include <algorithm>

namespace kit {

std::size_t keep_less(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out) {
  const auto end = std::copy_if(in.begin(), in.end(), out.begin(),
                                [=](std::uint32_t x) { return x < threshold; });
  return static_cast<std::size_t>(end - out.begin());
}

}  // namespace kit
