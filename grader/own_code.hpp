// What a submission's objects may not hold, because the suite that judges it would be its own no longer.
#pragma once

#include <string>

#include "submission.hpp"
#include "workspace.hpp"

namespace kit {

/// One sentence, or nothing. Refused are functions of the C library under their own names (a send() of the submission
/// would be the one that the transcript is sent with) and valgrind's client requests (which switch the counting off).
std::string refused_code(const Workspace& workspace, const Submission& submission);

}  // namespace kit
