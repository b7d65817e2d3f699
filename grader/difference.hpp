// How two texts differ, as diff -u prints it, coloured.
#pragma once

#include <string>

#include "terminal.hpp"

namespace kit {

/// Empty if they are the same. THROWS: KitError if diff(1) can't be run.
std::string unified_diff(const Terminal& terminal, const std::string& old_label,
                         const std::string& old_text, const std::string& new_label,
                         const std::string& new_text);

}  // namespace kit
