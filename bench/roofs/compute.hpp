// What a core can calculate at best, and what a branch costs that it foresaw wrongly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace kit::roofs {

// Multiplications followed by an addition, in twelve chains that don't wait for each other.
struct Peak {
  std::string name;       // "float, AVX2"
  double flop_per_round;  // a multiplication and an addition are two
  double (*rounds)(long long count);
};

// Those that this machine can run: one number at a time and each width of vector, float and double.
std::vector<Peak> peaks();

// Additions that each wait for the one before: one a cycle, so they show the clock.
std::uint64_t dependent_additions(long long count);

// Goes one way or the other as each byte says. The compiler can't do without the branch.
std::uint64_t branches(const std::vector<std::uint8_t>& ways);

}  // namespace kit::roofs
