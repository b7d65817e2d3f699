// What the bench of an mpi exercise shows beyond its tables: time over the size of the message, and the time that its
// messages would take on 4 to 64 ranks.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "curves.hpp"

namespace kit {

/// The time of each row over the size of its message, from a bench's result; nothing below three sizes.
std::optional<CurveChart> size_curves(const nlohmann::json& result);

/// One call on several numbers of ranks, its messages counted and replayed (bench/mpi/predicted.hpp).
struct Prediction {
  std::string what;  // "reference", "a chain"
  std::vector<int> ranks, rounds, messages;
  struct Times {
    double bytes = 0;             // of the message; 0 where they are all as small as can be
    std::vector<double> seconds;  // for each number of ranks
  };
  std::vector<Times> times;
};

/// One JSON object a line. A line that is cut off is left out.
std::vector<Prediction> read_predictions(const std::string& lines);

/// A table for each, at 4, 8, 16, 32 and 64 ranks.
std::string prediction_text(const Terminal& terminal, const std::vector<Prediction>& predictions);

/// The time over the number of ranks, at the size nearest to 1 MiB.
std::optional<CurveChart> prediction_curves(const std::vector<Prediction>& predictions);

}  // namespace kit
