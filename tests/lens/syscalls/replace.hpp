// Did a region replace a file so that a power cut leaves the old one or the whole new one?
//
//   open a new file in the target's directory    O_EXCL, or O_TMPFILE
//   < last write to it, last change of its mode
//   < its fsync                                  fdatasync covers what is written, not the mode
//   < rename onto the target
//   < fsync of the directory
//
// A missing fsync shows neither under faults nor under SIGKILL: only the order of the calls tells.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "lens/syscalls/trace.hpp"

namespace kit::syscalls {

/// What is wrong with the order, as a story with the calls at that place; nothing if it is right.
/// syncfs and sync count as fsync where they reach the file; fdatasync does for the contents of a
/// file and the names in a directory, but not for a mode.
std::optional<std::string> replace_flaw(const Trace& trace, const std::filesystem::path& target);

}  // namespace kit::syscalls
