// A right answer in another style: the Z values of the pattern say, for each later start, how far it
// agrees with the pattern; a start that must fail among what is known is passed over unseen.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <vector>

namespace kit {

template <class Char>
class StreamMatcher {
 public:
  explicit StreamMatcher(std::span<const Char> given) {
    if (given.empty()) throw std::invalid_argument("empty");
    pattern.assign(given.begin(), given.end());
    const std::uint32_t m = static_cast<std::uint32_t>(pattern.size());
    z.assign(m + 1, 0);
    std::uint32_t left = 0, right = 0;
    for (std::uint32_t i = 1; i < m; ++i) {
      std::uint32_t k = i < right ? std::min(right - i, z[i - left]) : 0;
      if (i + k >= right) {
        while (i + k < m && pattern[k] == pattern[i + k]) ++k;
        left = i;
        right = i + k;
      }
      z[i] = k;
    }
  }

  template <class OnMatch>
  void feed(std::span<const Char> piece, OnMatch on_match) {
    for (const Char& c : piece) {
      end++;
      while (!(pattern[known] == c)) {
        if (known == 0) {
          start = end;
          break;
        }
        next_start();
      }
      if (start == end) continue;
      if (++known < pattern.size()) continue;
      const std::uint64_t found = start;
      next_start();
      on_match(found);
    }
  }

  void reset(std::uint64_t first_offset = 0) noexcept {
    start = end = first_offset;
    known = 0;
  }

 private:
  // The next start that agrees with all that is known of the text behind it.
  void next_start() {
    std::size_t by = 1;
    while (by < known && by + z[by] < known) ++by;
    start += by;
    known -= by;
  }

  std::vector<Char> pattern;
  std::vector<std::uint32_t> z;
  std::uint64_t start = 0, end = 0;  // known == end - start, or one less within a character
  std::size_t known = 0;
};

}  // namespace kit
