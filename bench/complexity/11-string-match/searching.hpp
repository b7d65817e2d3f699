// The work of the bench of complexity/11-string-match: all places of a pattern in a text.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kit::bench {

struct Found {
  std::uint64_t count = 0, sum = 0;  // of matches, and of their starts
  void add(std::uint64_t start) {
    ++count;
    sum += start;
  }
  bool operator==(const Found&) const = default;
};

/// The pattern is prepared within the time.
using Searching = void (*)(const char* text, std::size_t n, const char* pattern, std::size_t m,
                           Found* found);

}  // namespace kit::bench
