// The last attempt of each exercise beside the reference: what was measured against the bounds, and
// the picture that its suite drew (messages, growth) where one was kept.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "history.hpp"
#include "ladder.hpp"

namespace kit {

/// [{"id", "attempt", "words", "rows": [{"test", "what", "unit", "measured", "limit", "at_most",
/// "share", "reference"?, "reference_share"?}], "drawings"?: [{"kind", "title", "svg", "words"}]}], newest first. A share
/// is measured / limit, so that 1 is the bound; above it is over.
nlohmann::json report_pictures(const Workspace& workspace, const Ladder& ladder,
                               const History& history);

}  // namespace kit
