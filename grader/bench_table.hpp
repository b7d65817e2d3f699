// What `kit bench` shows of a bench's result (the JSON of bench/harness/result.hpp).
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>

#include "roofs.hpp"
#include "terminal.hpp"

namespace kit {

/// One table and its bars a workload, each with its place on the machine's roofs where they are known, then what one must know to read them.
std::string bench_screen(const Terminal& terminal, const std::string& id,
                         const nlohmann::json& result,
                         const std::optional<Roofs>& roofs = std::nullopt);

}  // namespace kit
