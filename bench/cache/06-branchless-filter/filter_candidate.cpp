// What a submission to cache/06-branchless-filter exports to the bench.
#include "filter.hpp"

extern "C" [[gnu::visibility("default")]] std::size_t candidate_keep_less(const std::uint32_t* in,
                                                                          std::size_t size,
                                                                          std::uint32_t threshold,
                                                                          std::uint32_t* out);

std::size_t candidate_keep_less(const std::uint32_t* in, std::size_t size, std::uint32_t threshold,
                                std::uint32_t* out) {
  return kit::keep_less({in, size}, threshold, {out, size});
}
