// What this machine allows, found by trying: rows of `kit doctor`.
#pragma once

#include <vector>

#include "finding.hpp"
#include "terminal.hpp"
#include "workspace.hpp"

namespace kit {

/// Tries each thing that grading relies on. A try ends within 30 s, whatever it meets; all together
/// take some 3 s.
std::vector<Finding> examine_machine(const Workspace& workspace, const Terminal& terminal);

}  // namespace kit
