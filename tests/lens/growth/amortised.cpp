#include "lens/growth/amortised.hpp"

#include <algorithm>
#include <bit>

namespace kit::lens {
namespace {

double mean(const Sample& sample) {
  return std::max(sample.count, 1.0) / static_cast<double>(sample.n);
}

}  // namespace

void AmortisedCost::after_operation(std::uint64_t total) {
  ++operations_;
  if (const auto cost = static_cast<double>(total - total_); cost > dearest_.count)
    dearest_ = {operations_, cost};
  total_ = total;
  const Sample now{operations_, static_cast<double>(total)};
  const auto octave = static_cast<std::size_t>(std::bit_width(operations_ - 1));
  if (octave >= worst_.size()) {
    worst_.push_back(now);
  } else if (now.count * static_cast<double>(worst_[octave].n) >
             worst_[octave].count * static_cast<double>(now.n)) {
    worst_[octave] = now;
  }
}

bool AmortisedCost::is_level(std::uint64_t from) const {
  bool compared = false;
  for (std::size_t octave = 4; octave < worst_.size(); ++octave) {
    if ((std::uint64_t{1} << (octave - 4)) < from) continue;
    compared = true;
    if (mean(worst_[octave]) > 1.05 * mean(worst_[octave - 4])) return false;
  }
  return compared;
}

}  // namespace kit::lens
