// What a suite can ask for in a case: a clock of the lens's own, and ways to disturb the run.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace kit::lens {

/// Time as the lens makes it: MPI_Wtime reads it, and messages carry it. A message of n bytes comes
/// latency + n * seconds_per_byte after it left, and one after the other leaves a rank. What is
/// late is counted for each direction between two ranks by itself.
struct Clock {
  double latency_up = 0;    // to a higher rank, in seconds
  double latency_down = 0;  // to a lower rank
  double seconds_per_byte = 0;
  double first_late = 0;  // the first message comes so much later
  double some_late = 0;   // and so does every 16th: up from the 8th on, down from the 13th on
  bool skewed = false;    // the ranks' clocks are seconds apart
};

struct Conditions {
  std::optional<Clock> clock = {};
  bool synchronous = false;    // every send waits for its receive
  std::uint64_t delays = 0;    // a seed: a quarter of all calls begin up to 0.3 ms late; 0: none do
  std::vector<int> late = {};  // these ranks enter the function under test 3 ms after the others
};

}  // namespace kit::lens
