// The work of the bench of complexity/12-top-k-stream: the k largest of many numbers, largest first.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kit::bench {

// Writes min(k, count) numbers to `out`.
using Keeping = void (*)(const std::uint32_t* all, std::size_t count, std::size_t k,
                         std::uint32_t* out);

}  // namespace kit::bench
