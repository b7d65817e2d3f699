// What a submission to complexity/07-sliding-window-max exports to the bench.
#pragma once

#include <cstddef>

namespace kit::bench {

// For each of count - w + 1 windows the index of its largest; 1 <= w <= count.
using WindowMax = void (*)(const float* all, std::size_t count, std::size_t w, std::size_t* out);

}  // namespace kit::bench
