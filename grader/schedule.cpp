#include "schedule.hpp"

#include <algorithm>
#include <cmath>

namespace kit {

namespace {

constexpr double kWeights[] = {0.212,  1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194,
                               0.001,  1.8722, 0.1666, 0.796,  1.4835, 0.0614, 0.2629,
                               1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542};
constexpr double kDecay = -kWeights[20];
constexpr double kDesired = 0.90;
constexpr double kLongest = 365;
constexpr double kShortestStability = 0.001;

double forgetting_factor() {
  return std::pow(kDesired, 1 / kDecay) - 1;
}

// The published formula with 0 for its first repetition; not yet kept within 1 and 10.
double first_difficulty(Grade grade) {
  return kWeights[4] - std::exp(kWeights[5] * (static_cast<int>(grade) - 1)) + 1;
}

double next_difficulty(double before, Grade grade) {
  const double moved = before - kWeights[6] * (static_cast<int>(grade) - 3) * (10 - before) / 9;
  const double drawn_back = kWeights[7] * first_difficulty(Grade::easy) + (1 - kWeights[7]) * moved;
  return std::clamp(drawn_back, 1.0, 10.0);
}

double same_day_stability(double before, Grade grade) {
  const double step = std::exp(kWeights[17] * (static_cast<int>(grade) - 3 + kWeights[18])) *
                      std::pow(before, -kWeights[19]);
  return before * (grade >= Grade::good ? std::max(1.0, step) : step);
}

double forgotten_stability(const Memory& before, double recalled) {
  const double again = kWeights[11] * std::pow(before.difficulty, -kWeights[12]) *
                       (std::pow(before.stability + 1, kWeights[13]) - 1) *
                       std::exp(kWeights[14] * (1 - recalled));
  return std::min(again, before.stability / std::exp(kWeights[17] * kWeights[18]));
}

double remembered_stability(const Memory& before, double recalled, Grade grade) {
  double growth = std::exp(kWeights[8]) * (11 - before.difficulty) *
                  std::pow(before.stability, -kWeights[9]) *
                  (std::exp(kWeights[10] * (1 - recalled)) - 1);
  if (grade == Grade::hard) growth *= kWeights[15];
  if (grade == Grade::easy) growth *= kWeights[16];
  return before.stability * (1 + growth);
}

}  // namespace

double recall(double days, double stability) {
  return std::pow(1 + forgetting_factor() * std::max(0.0, days) / stability, kDecay);
}

// At the desired recall of 0.90 the interval is the stability itself.
int interval(double stability) {
  return static_cast<int>(std::clamp(std::round(stability), 1.0, kLongest));
}

Memory first_memory(Grade grade) {
  return {kWeights[static_cast<int>(grade) - 1], std::clamp(first_difficulty(grade), 1.0, 10.0)};
}

Memory next_memory(const Memory& before, double days, Grade grade) {
  double stability = 0;
  if (days < 1) {
    stability = same_day_stability(before.stability, grade);
  } else {
    const double recalled = recall(days, before.stability);
    stability = grade == Grade::again ? forgotten_stability(before, recalled)
                                      : remembered_stability(before, recalled, grade);
  }
  return {std::max(stability, kShortestStability), next_difficulty(before.difficulty, grade)};
}

const char* to_string(Grade grade) {
  static constexpr const char* kWords[] = {"", "again", "hard", "good", "easy"};
  return kWords[static_cast<int>(grade)];
}

const char* standing_word(double recall) {
  if (recall >= 0.90) return "solid";
  return recall >= 0.70 ? "fading" : "faint";
}

}  // namespace kit
