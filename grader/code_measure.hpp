// How long and how deep a piece of C++ is, by its braces; what a reviewer sees before reading.
#pragma once

#include <string>

namespace kit {

struct CodeMeasure {
  int lines = 0;    // without blank ones and comments
  int longest = 0;  // lines of the longest function, its signature and closing brace included
  int depth = 0;    // most blocks inside each other in one function, the function's own not counted
};

CodeMeasure measure_code(const std::string& source);

/// The source without comments and with the contents of literals left out; line breaks stay.
std::string without_comments(const std::string& source);

}  // namespace kit
