// The calls of a region as a picture: who made which, on what, and what each came to. The axis is the order of the calls
// and not time, so the same code gives the same picture on every machine.
#pragma once

#include <string>

#include "lens/syscalls/trace.hpp"

namespace kit::syscalls {

/// What `kit show ID --calls` draws (grader/timeline.hpp): at most 48 calls, the first and the last of a longer run.
std::string timeline(const Trace& trace, const std::string& title);

/// For Evidence::picture: writes it into the run directory and returns the file's name ("calls-KEY.json"), or "" outside
/// the grader.
std::string keep_timeline(const Trace& trace, const std::string& title, const std::string& key);

}  // namespace kit::syscalls
