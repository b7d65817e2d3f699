// What a submission to complexity/05-quickselect exports to the bench: its select of numbers and of
// strings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace kit::bench {

struct Selecting {
  std::uint32_t (*numbers)(std::uint32_t* all, std::size_t count, std::size_t k);
  const std::string* (*strings)(std::string* all, std::size_t count, std::size_t k);
};

}  // namespace kit::bench
