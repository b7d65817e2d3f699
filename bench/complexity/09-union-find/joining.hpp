// The work of the bench of complexity/09-union-find: new islands, links at random, one after the
// other.
#pragma once

#include <cstddef>
#include <cstdint>

namespace kit::bench {

struct Link {
  std::uint32_t x, y;
};

// How many links joined two islands. Islands has a constructor from n, and unite().
template <class Islands>
std::uint64_t join_all(std::size_t n, const Link* links, std::size_t count) {
  Islands islands(n);
  std::uint64_t joined = 0;
  for (std::size_t i = 0; i < count; ++i) joined += islands.unite(links[i].x, links[i].y);
  return joined;
}

using Joining = std::uint64_t (*)(std::size_t n, const Link* links, std::size_t count);

}  // namespace kit::bench
