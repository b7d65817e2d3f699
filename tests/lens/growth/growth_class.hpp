// The classes of growth that a count can be told from, in order: each grows faster than all before
// it.
#pragma once

#include <array>

namespace kit::lens {

enum class GrowthClass {
  constant,
  log_n,
  n,
  n_log_n,
  n_to_1_5,
  n_2,
  n_2_log_n,
  n_3,
  exponential,  // c^n, for a c of at least 1.2; told only on the exponential ladder
};

/// All but the exponential one.
inline constexpr std::array kPolynomialClasses = {
    GrowthClass::constant, GrowthClass::log_n, GrowthClass::n,         GrowthClass::n_log_n,
    GrowthClass::n_to_1_5, GrowthClass::n_2,   GrowthClass::n_2_log_n, GrowthClass::n_3};

/// f(n), n >= 2, of any class but the exponential one; the logarithm is to base 2.
double value_of(GrowthClass f, double n);

/// "n log n".
const char* name_of(GrowthClass f);

}  // namespace kit::lens
