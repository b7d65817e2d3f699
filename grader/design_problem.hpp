// exercises/design/ID/problem.md: a design problem as it is asked, with answers by number; and what is shown after the
// round: the traps, and what a strong document has.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "interview.hpp"
#include "workspace.hpp"

namespace kit {

struct DesignProblem {
  std::string id;  // "volume-latency"
  InterviewSheet
      sheet;  // title, opening (the prompt), clarifications (the answers), the time plan of all design rounds
  std::vector<std::string> traps, strong;
  std::vector<std::string> errors;
};

DesignProblem parse_problem(const std::string& id, const std::string& text);

/// All that are in exercises/design, by name.
std::vector<DesignProblem> design_problems(const Workspace& workspace);

}  // namespace kit
