// What a submission to complexity/08-lru-cache exports to the bench.
#include "bench/complexity/08-lru-cache/caching.hpp"
#include "lru_cache.hpp"

extern "C" [[gnu::visibility("default")]] const kit::bench::Caching* candidate_caching();

const kit::bench::Caching* candidate_caching() {
  static constexpr kit::bench::Caching kCaching =
      kit::bench::caching<kit::LruCache<std::uint64_t, std::uint64_t>>();
  return &kCaching;
}
