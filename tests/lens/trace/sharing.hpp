// Which threads wrote which line of 64 bytes. A line that two threads write goes to and fro between
// their caches, though they may never touch the same byte. The set of writers doesn't depend on who
// runs when: every thread's accesses are there, to the end.
#pragma once

#include <string>
#include <vector>

#include "lens/trace/trace.hpp"

namespace kit::lens {

/// What one thread wrote of a line: its first to its last byte, and where it did so first.
struct Writer {
  unsigned thread = 0;
  unsigned first_byte = 0, last_byte = 0;  // 0 to 63
  const void* code = nullptr;
};

struct SharedLine {
  std::uintptr_t address = 0;
  std::vector<Writer> writers;  // at least two, by thread

  /// Two of them wrote the same byte: sharing that is meant, or at least not a matter of layout.
  bool same_bytes() const;
};

/// By address.
std::vector<SharedLine> lines_written_by_several(const Recording& recording);

/// How many lines at least one thread wrote.
std::size_t lines_written(const Recording& recording);

/// "    thread 0 writes bytes 0 to 7    counters.cpp:17", a line for each writer, at most `most` of
/// them.
std::string writers_table(const SharedLine& line, std::size_t most = 4);

}  // namespace kit::lens
