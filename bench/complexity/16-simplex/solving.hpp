// The work of the bench of complexity/16-simplex.
#pragma once

#include "simplex.hpp"

namespace kit::bench {

// Gives the optimum, or NaN if it says that there is none.
using Solving = double (*)(const Lp* lp);

}  // namespace kit::bench
