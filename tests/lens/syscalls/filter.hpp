// The seccomp filter of a traced child: which calls stop for the tracer.
//
// All do but those that say nothing about the code under test: memory for the allocator, signal
// masks, random numbers and clocks. A mapping of a file does stop. The region lies between two
// marks, a getpid with arguments that nobody passes.
#pragma once

#include <cstdint>

namespace kit::syscalls {

constexpr std::uint32_t kMark = 0x6b697421;
constexpr std::uint64_t kBegin = 1;
constexpr std::uint64_t kEnd = 2;

/// Installs the filter in the calling process, for good. False, with errno, if the kernel refuses.
bool install_filter();

/// Tells the tracer where the region begins and ends.
void mark(std::uint64_t which);

}  // namespace kit::syscalls
