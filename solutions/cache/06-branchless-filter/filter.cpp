// Stores every element, and moves on only past those that are kept:
//
//    in    3  9  4  4  7  1      threshold 5
//    out   3                     k = 1
//          3  9                  k = 1    the 9 stands where the next one goes
//          3  4                  k = 2
//          3  4  4               k = 3
//          3  4  4  7            k = 3
//          3  4  4  1            k = 4
//
// The comparison becomes a number, 0 or 1, that is added: nothing is predicted but the end of the
// loop. Before element i is looked at k is at most i, so out[k] is always inside.
#include "filter.hpp"

#include <cassert>

namespace kit {

std::size_t keep_less(std::span<const std::uint32_t> in, std::uint32_t threshold,
                      std::span<std::uint32_t> out) {
  assert(out.size() == in.size());
  std::size_t k = 0;
  for (const std::uint32_t x : in) {
    out[k] = x;
    k += x < threshold ? 1 : 0;
  }
  return k;
}

}  // namespace kit
