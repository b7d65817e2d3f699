// The work of the bench of complexity/17-newton.
#pragma once

#include <cstddef>

#include "newton.hpp"

namespace kit::bench {

// Writes where it ended to `end`; gives the number of steps.
using Minimising = int (*)(Smooth* f, const double* start, std::size_t n, double* end);

}  // namespace kit::bench
