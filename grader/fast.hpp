// The stage Fast: what the last bench of just these sources said. Advisory, never part of pass or
// fail.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "submission.hpp"

namespace kit {

/// Keeps a bench's result beside a mark of the sources it was taken from, in .kit/bench/.
void keep_bench(const Workspace& workspace, const Submission& submission,
                const nlohmann::json& result);

/// The last bench of just these sources; null if there is none.
nlohmann::json kept_bench(const Workspace& workspace, const Submission& submission);

/// "1.02 of the reference's time; std::vector 0.97 [0.94 .. 1.01]: level". Empty if there is no
/// bench of these sources.
std::string fast_line(const Workspace& workspace, const Submission& submission);

}  // namespace kit
