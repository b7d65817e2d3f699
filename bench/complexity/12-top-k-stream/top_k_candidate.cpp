// What a submission to complexity/12-top-k-stream exports to the bench.
#include <algorithm>

#include "bench/complexity/12-top-k-stream/keeping.hpp"
#include "top_k.hpp"

extern "C" [[gnu::visibility("default")]] void candidate_top(const std::uint32_t* all,
                                                             std::size_t count, std::size_t k,
                                                             std::uint32_t* out);

void candidate_top(const std::uint32_t* all, std::size_t count, std::size_t k, std::uint32_t* out) {
  kit::TopK<std::uint32_t> top(k);
  for (std::size_t i = 0; i < count; ++i) top.push(all[i]);
  const auto taken = top.take();
  std::copy_n(taken.begin(), std::min(k, taken.size()), out);
}
