// How many steps the submission's code has taken: a step is a basic block, counted by a call that
// the compiler puts into each (-fsanitize-coverage=trace-pc, in the flags of exercise.json).
// Loops of templates from the standard library are in it; the heap and the C library are not.
#pragma once

#include <cstdint>

namespace kit::scenarios {

std::int64_t steps_so_far();

}  // namespace kit::scenarios
