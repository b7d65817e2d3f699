#include "complexity/08-lru-cache/steps.hpp"

namespace {

std::int64_t steps = 0;

}  // namespace

extern "C" void __sanitizer_cov_trace_pc();
extern "C" void __sanitizer_cov_trace_pc() {
  ++steps;
}

std::int64_t kit::scenarios::steps_so_far() {
  return steps;
}
