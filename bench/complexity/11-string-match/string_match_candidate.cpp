// What a submission to complexity/11-string-match exports to the bench.
#include <algorithm>
#include <span>

#include "bench/complexity/11-string-match/searching.hpp"
#include "string_match.hpp"

extern "C" [[gnu::visibility("default")]] void candidate_search(const char* text, std::size_t n,
                                                                const char* pattern, std::size_t m,
                                                                kit::bench::Found* found);

// In pieces of 64 KiB, as from a pipe.
void candidate_search(const char* text, std::size_t n, const char* pattern, std::size_t m,
                      kit::bench::Found* found) {
  constexpr std::size_t kPiece = 1 << 16;
  kit::StreamMatcher<char> matcher{std::span<const char>(pattern, m)};
  const std::span<const char> all(text, n);
  for (std::size_t at = 0; at < n; at += kPiece)
    matcher.feed(all.subspan(at, std::min(kPiece, n - at)),
                 [&](std::uint64_t start) { found->add(start); });
}
