// The rules of an exercise, checked by grading all of its submissions.
#pragma once

#include <string>
#include <vector>

#include "catalogue.hpp"
#include "terminal.hpp"

namespace kit {

struct AuditResult {
  std::string rule;  // "wrong/chain.cpp is rejected by Cost.LogarithmicRounds"
  bool passed = false;
  std::string finding;  // why not; or a remark
};

/// Each wrong submission is run `runs` times, the reference and the good ones too.
std::vector<AuditResult> audit_exercise(const Workspace& workspace, const Terminal& terminal,
                                        const Exercise& exercise, int runs);

/// "// rejected by: Cost.Calls, Robust.EveryFault" -> both names; empty if the first line isn't of
/// that form.
std::vector<std::string> rejected_by(const std::string& first_line);

}  // namespace kit
