#include "lens/growth/growth_class.hpp"

#include <algorithm>
#include <cmath>

namespace kit::lens {

double value_of(GrowthClass f, double n) {
  const double log = std::log2(std::max(n, 2.0));
  switch (f) {
    case GrowthClass::constant:
      return 1;
    case GrowthClass::log_n:
      return log;
    case GrowthClass::n:
      return n;
    case GrowthClass::n_log_n:
      return n * log;
    case GrowthClass::n_to_1_5:
      return n * std::sqrt(n);
    case GrowthClass::n_2:
      return n * n;
    case GrowthClass::n_2_log_n:
      return n * n * log;
    case GrowthClass::n_3:
      return n * n * n;
    case GrowthClass::exponential:
      break;
  }
  return std::nan("");
}

const char* name_of(GrowthClass f) {
  switch (f) {
    case GrowthClass::constant:
      return "1";
    case GrowthClass::log_n:
      return "log n";
    case GrowthClass::n:
      return "n";
    case GrowthClass::n_log_n:
      return "n log n";
    case GrowthClass::n_to_1_5:
      return "n^1.5";
    case GrowthClass::n_2:
      return "n^2";
    case GrowthClass::n_2_log_n:
      return "n^2 log n";
    case GrowthClass::n_3:
      return "n^3";
    case GrowthClass::exponential:
      return "c^n";
  }
  return "?";
}

}  // namespace kit::lens
