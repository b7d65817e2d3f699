// What `kit audit` asks of an interview sheet, beside that it can be read.
#pragma once

#include <string>
#include <vector>

#include "interview.hpp"

namespace kit {

struct SheetFinding {
  std::string rule;  // "I02"
  std::string text;
};

/// What the rules need to know beside the sheet itself.
struct SheetSurroundings {
  std::vector<std::string>
      manifest;  // all tests of the suite; empty: not known, nothing is said of them
  bool robust = true, cost = true;      // criteria that the exercise has
  std::string reference, open_sources;  // the reference; contract and stub
  std::vector<std::string> allowed;     // exercise.json's interview_allows
};

/// I01, I02, I03 (names), I05 to I10. Empty if all hold.
std::vector<SheetFinding> sheet_findings(const std::string& text, const SheetSurroundings& around);

}  // namespace kit
