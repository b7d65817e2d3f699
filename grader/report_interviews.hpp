// Past interviews and design rounds with their rubrics, for the report.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "workspace.hpp"

namespace kit {

/// [{"day", "subject", "words", "marks": [{"dimension", "level", "word", "own", "reason"}], "low",
/// "mid", "high", "recommendation", "notes"}], oldest first; only those that were finished.
nlohmann::json report_interviews(const Workspace& workspace);

/// "Three interviews: correctness 3, 4, 4; communication, by your own mark, 2, 2, 3."
std::string words_on_interviews(const nlohmann::json& interviews);

}  // namespace kit
