#include "simplex.hpp"

namespace kit {

// Begin with a slack variable for each row: when is x = 0 allowed, and what do you know there?
LpResult solve(const Lp&) {
  return {};
}

}  // namespace kit
