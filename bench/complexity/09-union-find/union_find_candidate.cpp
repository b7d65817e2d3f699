// What a submission to complexity/09-union-find exports to the bench.
#include "bench/complexity/09-union-find/joining.hpp"
#include "union_find.hpp"

extern "C" [[gnu::visibility("default")]] std::uint64_t candidate_join(
    std::size_t n, const kit::bench::Link* links, std::size_t count);

std::uint64_t candidate_join(std::size_t n, const kit::bench::Link* links, std::size_t count) {
  return kit::bench::join_all<kit::UnionFind<>>(n, links, count);
}
