// What a submission to complexity/03-dynamic-array exports to the bench.
#include "bench/complexity/03-dynamic-array/pushing.hpp"
#include "dynamic_array.hpp"

extern "C" [[gnu::visibility("default")]] const kit::bench::Pushing* candidate_pushing();

const kit::bench::Pushing* candidate_pushing() {
  static constexpr kit::bench::Pushing kPushing = kit::bench::pushing<kit::DynamicArray>();
  return &kPushing;
}
