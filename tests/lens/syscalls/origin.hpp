// Where a call was made from.
//
// Unwinding takes milliseconds, a trace has many calls: at a call only the registers and the top of
// the stack are kept. What a message shows is unwound later, from that copy. The child is a fork of
// the suite, so its program counters are the suite's own.
#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <vector>

#include "harness/source_line.hpp"
#include "lens/syscalls/registers.hpp"

namespace kit::syscalls {

struct Origin {
  Registers registers;
  std::vector<std::byte> stack;  // from the stack pointer upwards
};

/// Of a stopped thread whose registers were just read.
Origin capture_origin(pid_t thread, const Registers& registers);

/// Program counters, innermost first; those of callers are already one byte back, inside the call.
std::vector<std::uint64_t> unwind(const Origin& origin);

/// The innermost line in a file that the learner may edit; empty if there is none.
harness::SourceLine learner_line(const Origin& origin);

}  // namespace kit::syscalls
