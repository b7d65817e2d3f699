// What a submission to cache/07-cache-simulator exports to the bench.
#include "simulator.hpp"

extern "C" [[gnu::visibility("default")]] void candidate_simulate(const kit::Geometry* geometry,
                                                                  const kit::Access* accesses,
                                                                  std::size_t count,
                                                                  kit::CacheStats* stats);

void candidate_simulate(const kit::Geometry* geometry, const kit::Access* accesses,
                        std::size_t count, kit::CacheStats* stats) {
  *stats = kit::simulate(*geometry, {accesses, count});
}
