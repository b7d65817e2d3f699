// What a submission to complexity/06-merge-sort exports to the bench: its stable_sort of numbers and of
// strings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace kit::bench {

struct Sorting {
  void (*numbers)(std::uint32_t* all, std::size_t count);
  void (*strings)(std::string* all, std::size_t count);
};

}  // namespace kit::bench
