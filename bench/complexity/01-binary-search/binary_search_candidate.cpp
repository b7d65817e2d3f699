// What a submission to complexity/01-binary-search exports to the bench.
#include "bench/complexity/01-binary-search/searching.hpp"
#include "binary_search.hpp"

extern "C" [[gnu::visibility("default")]] std::uint64_t candidate_search(
    const std::uint64_t* sorted, std::size_t size, const std::uint64_t* keys, std::size_t count);

std::uint64_t candidate_search(const std::uint64_t* sorted, std::size_t size,
                               const std::uint64_t* keys, std::size_t count) {
  return kit::bench::search_all(
      {sorted, size}, {keys, count},
      [](const auto& s, std::uint64_t key) { return kit::first_not_less(s, key); });
}
