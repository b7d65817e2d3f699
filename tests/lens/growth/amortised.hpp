// The cost of an operation in the mean over a run, at every moment of the run: A(m) = total(m) / m.
// Its supremum over m in (2^(k-1), 2^k] is free of the saw-tooth that single sizes show, so it
// tells level from rising for any factor of growth.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "lens/growth/ladder.hpp"

namespace kit::lens {

class AmortisedCost {
 public:
  /// `total`: all counts since the run began, after each operation.
  void after_operation(std::uint64_t total);

  std::uint64_t operations() const { return operations_; }
  /// For each full or begun octave the m at which total(m) / m was largest, and total(m) there.
  const std::vector<Sample>& worst() const { return worst_; }

  /// The operation that alone cost most: which it was, and its cost.
  const Sample& dearest() const { return dearest_; }

  /// No octave whose lower neighbour, four below, ends at `from` or later is more than 1.05 times
  /// that one. False where the run was too short to compare any.
  bool is_level(std::uint64_t from = 512) const;

 private:
  std::uint64_t operations_ = 0;
  std::uint64_t total_ = 0;
  Sample dearest_;
  std::vector<Sample> worst_;
};

}  // namespace kit::lens
