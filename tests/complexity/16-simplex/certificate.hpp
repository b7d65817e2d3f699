// Holds an answer against its linear program, by multiplying alone.
#pragma once

#include <string>

#include "simplex.hpp"

namespace kit::certificate {

/// Empty if the certificate proves the status; else which of its conditions fails first, where, and
/// by what numbers.
std::string refuted(const Lp& lp, const LpResult& answer);

/// "optimal", ...
const char* name_of(LpStatus status);

/// Six digits.
std::string decimal(double value);

}  // namespace kit::certificate
