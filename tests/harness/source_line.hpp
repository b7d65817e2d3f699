// Where in the source a program counter of this process lies, by its debug information (libdwfl of
// elfutils).
#pragma once

#include <string>

namespace kit::harness {

struct SourceLine {
  std::string file;  // base name; empty if unknown
  int line = 0;
  std::string function;

  explicit operator bool() const { return !file.empty(); }
  std::string text() const;  // "broadcast.cpp:17", or "an unknown line"
};

/// For a return address pass `address - 1`, so that the call and not the line behind it is named.
/// About 10 ms the first time.
SourceLine source_line(const void* address);

/// True if the line is in a file that the learner may edit (its directory was staged for this
/// submission).
bool is_submission(const void* address);
bool is_submission_file(const std::string& path);

}  // namespace kit::harness
