#include "simulator.hpp"

namespace kit {

// Begin with one access of one byte: which line is it, which set, and is it there?
CacheStats simulate([[maybe_unused]] Geometry geometry,
                    [[maybe_unused]] std::span<const Access> accesses) {
  return {};
}

}  // namespace kit
