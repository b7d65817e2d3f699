// What a submission to cache/08-false-sharing exports to the bench.
#include "bench/cache/08-false-sharing/counting.hpp"
#include "counters.hpp"

extern "C" [[gnu::visibility("default")]] const kit::bench::Counting* candidate_counting();

const kit::bench::Counting* candidate_counting() {
  static constexpr kit::bench::Counting kCounting = kit::bench::counting<kit::Counters>();
  return &kCounting;
}
