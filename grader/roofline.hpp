// Pictures of the machine's limits: the memory mountain, and the roofline with a bench's results under it.
//
// The roofline is of Williams, Waterman and Patterson, "Roofline: an insightful visual performance model
// for multicore architectures", 2009; the memory mountain of Bryant and O'Hallaron's textbook.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <vector>

#include "drawing.hpp"
#include "roofs.hpp"

namespace kit {

/// The rate of reading over the bytes gone over, one line a stride.
std::string mountain_svg(const Roofs& roofs);

/// Operations a second over operations a byte: what memory and arithmetic allow, and in it one dot for each row of
/// `bench` (what `kit bench` kept) that has a time. Without a bench: the roofs alone.
std::string roofline_svg(const Roofs& roofs, const nlohmann::json& bench);

/// The same with its title and its words, for the report. Nothing if no workload of the bench says what it moves.
std::optional<Drawing> draw_roofline(const Roofs& roofs, const nlohmann::json& bench);

}  // namespace kit
