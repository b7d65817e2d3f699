// What a submission to complexity/02-min-max exports to the bench: its min_max of numbers and of
// strings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace kit::bench {

struct Places {
  std::size_t min = 0, max = 0;
};

struct Extremes {
  Places (*numbers)(const std::int32_t* all, std::size_t count);
  Places (*strings)(const std::string* all, std::size_t count);
};

}  // namespace kit::bench
