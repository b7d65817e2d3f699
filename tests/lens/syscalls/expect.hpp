// Assertions on a trace that teach: each records what was measured beside its bound, also when it
// holds.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "lens/syscalls/trace.hpp"

namespace kit::syscalls {

/// At most `limit` calls. The evidence has the time-line of the calls. `why`: one or two sentences on where the bound comes from, each line
/// indented by two.
bool expect_calls_at_most(const Trace& trace, std::size_t limit, std::string_view key,
                          std::string_view input, std::string_view why);

/// Bytes of files that passed through the process's own memory: read, written, or mapped.
std::uint64_t bytes_through_the_process(const Trace& trace);

}  // namespace kit::syscalls
