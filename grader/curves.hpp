// Curves on two logarithmic axes, in the terminal and as SVG: a bench's time over the size of the message, a
// collective's predicted time over the number of ranks.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "terminal.hpp"

namespace kit {

struct Curve {
  std::string name;                               // "yours", "MPI_Bcast"
  std::vector<std::pair<double, double>> points;  // both above 0, from left to right
};

struct CurveChart {
  std::string title;  // "seconds on 2 ranks, over the bytes of a message"
  std::string x, y;   // the axes' words: "ranks", "time"
  std::function<std::string(double)> x_tick, y_tick;
  double x_step = 10;         // between ticks, a factor
  std::vector<Curve> curves;  // at most 6
};

/// At most 80 columns: a mark for each curve, the first on top where several meet.
std::string to_text(const CurveChart& chart, const Terminal& terminal);

/// Readable on a light and on a dark page.
std::string to_svg(const CurveChart& chart);

/// "8 B", "64 KiB", "16 MiB".
std::string bytes_text(double bytes);
/// "1.5 us", "12 ms": two digits at least.
std::string time_text(double seconds);

}  // namespace kit
